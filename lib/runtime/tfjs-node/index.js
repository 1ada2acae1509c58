// almq's one TensorFlow, for its own code and for every package that asks for @tensorflow/tfjs-node.
const util = require("node:util");

process.env.TF_CPP_MIN_LOG_LEVEL ??= "2"; // read by the library when it is loaded
// tfjs-node 4.22 still calls two functions that Node.js removed in version 23.
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;

module.exports = process.env.ALMQ_TENSORFLOW === "plain" ? plain("as ALMQ_TENSORFLOW=plain asks") : native();

function native() {
  try {
    return require("@tensorflow/tfjs-node-gpu");
  } catch (error) {
    const why = /can not be found/.test(error.message) ? "is not set up" : `cannot be loaded: ${error.message.trim().split("\n")[0]}`;
    return plain(`its native library ${why}`);
  }
}

/** tfjs in plain JavaScript: the same results but for rounding, and slow. */
function plain(why) {
  const tf = require("@tensorflow/tfjs");
  tf.setBackend("cpu");
  tf.backend().firstUse = false; // its own advice would name a package that almq replaces
  process.emitWarning(
    `TensorFlow runs in plain JavaScript (${why}). Everything works, but a logistic regression is fitted 2 to 3 times as slowly, ` +
      "a convolutional network hundreds of times. To mend it, install a C++ compiler (`apt install g++`, `dnf install gcc-c++`, " +
      "`xcode-select --install`) and run `npm start` again: it tells what is missing",
    { type: "almq", code: "PLAIN_TENSORFLOW" },
  );
  return tf;
}
