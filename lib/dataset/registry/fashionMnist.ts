import { fashionStandIn } from "../standIn/fashionStandIn";
import { garments } from "../standIn/scene/garment";
import { idxEntry } from "./idxEntry";

/** Garments of 28 × 28. */
export const fashionMnist = idxEntry({
  name: "fashion-mnist",
  title: "Fashion-MNIST",
  licence: "MIT",
  citation: "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST, a novel image dataset for benchmarking machine learning algorithms, 2017, arXiv 1708.07747",
  classes: garments.map(([name]) => name),
  files: [
    { name: "train-images-idx3-ubyte", bytes: 26_421_880, gzipSha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84" },
    { name: "train-labels-idx1-ubyte", bytes: 29_515, gzipSha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845" },
    { name: "t10k-images-idx3-ubyte", bytes: 4_422_102, gzipSha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073" },
    { name: "t10k-labels-idx1-ubyte", bytes: 5_148, gzipSha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5" },
  ],
  mirrors: ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/", "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"],
  standIn: { title: "garments drawn by almq (a stand-in for Fashion-MNIST)", size: 2000, files: fashionStandIn },
});
