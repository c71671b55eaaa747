/** What an import takes; docs/api-imports.md lists them. Hosted functions have 256 MB and 2 s of processor time a call. */

/** Rows of one call; docs/performance.md has what they cost. */
export const maxChunkRows = 2_000;

/** Bytes of one call: 2,000 usual rows have 0.6 MB. */
export const maxBodyBytes = 4 * 1024 * 1024;

export const maxImportRows = 100_000;

/** Bytes of a file that the dashboard reads. */
export const maxFileBytes = 50 * 1024 * 1024;

/** Longer than this no cell of a list of leads is; it is a sheet read wrongly. */
export const maxCellLength = 20_000;
