import { animals, animalStandIn } from "../standIn/animalStandIn";
import { npyClassesEntry } from "./npyClassesEntry";

/** Photographs of animals, one NumPy file per class. */
export const animal = npyClassesEntry({
  name: "animal",
  title: "Animals-10",
  licence: "GPL 2 (as stated on Kaggle)",
  citation: "C. Alessio: Animals-10, Kaggle, 2019; prepared as by Y. Huang, J.-F. Yang, H. Fu, arXiv 2501.00277",
  folders: Object.fromEntries(animals.map(([folder]) => [`${folder}x.npy`, folder])),
  dropSingleChannel: true,
  classes: animals.map(([, name]) => name),
  count: 28_000,
  kaggle: "https://www.kaggle.com/datasets/alessiocorrado99/animals10",
  prepared: "https://huggingface.co/datasets/YRHuang/Animal_Image_Dataset",
  standIn: { title: "animals drawn by almq (a stand-in for Animals-10)", size: 200, files: animalStandIn },
});
