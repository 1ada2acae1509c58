import { tumorFiles, tumorStandIn } from "../standIn/tumorStandIn";
import { npyClassesEntry } from "./npyClassesEntry";

/** Slices of heads in a scanner, one NumPy file per diagnosis. */
export const tumor = npyClassesEntry({
  name: "tumor",
  title: "Brain Tumor MRI",
  licence: "CC0 (as stated on Kaggle)",
  citation: "M. Nickparvar: Brain Tumor MRI Dataset, Kaggle, 2021, doi 10.34740/kaggle/dsv/2645886; prepared as by Y. Huang, J.-F. Yang, H. Fu, arXiv 2501.00277",
  folders: Object.fromEntries(tumorFiles.map((file) => [file, file.replace("x.npy", "")])),
  dropSingleChannel: false,
  classes: ["glioma", "meningioma", "no tumor", "pituitary"],
  count: 7023,
  kaggle: "https://www.kaggle.com/datasets/masoudnickparvar/brain-tumor-mri-dataset",
  prepared: "https://huggingface.co/datasets/YRHuang/Tumor_Image_Dataset",
  standIn: { title: "slices drawn by almq (a stand-in for the Brain Tumor MRI set, of no medical meaning)", size: 200, files: tumorStandIn },
});
