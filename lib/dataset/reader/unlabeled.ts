/** What stands for a label that is not known. */
export const unlabeled = -1;
