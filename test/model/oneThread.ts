/** Imported first: TensorFlow computes with one thread, so that what a fit learns is the same bit for bit in any company. */
process.env.TF_NUM_INTRAOP_THREADS = "1";
