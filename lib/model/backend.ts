import { tf } from "../runtime/tensorflow";

/** What computes the models. */
export interface Backend {
  /** `"tensorflow"`, or `"cpu"` where only plain JavaScript runs. */
  readonly name: string;
  /** Version of TensorFlow's C library; `"none"` without it. */
  readonly tensorflow: string;
  /** Version of TensorFlow.js. */
  readonly tfjs: string;
}

/** The engine in use and its versions, for the record. */
export function backend(): Backend {
  const engine = tf.backend() as { binding?: { TF_Version?: string } };
  return { name: tf.getBackend(), tensorflow: engine.binding?.TF_Version ?? "none", tfjs: tf.version_core };
}
