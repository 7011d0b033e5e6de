/** The shape of a text module: a language that lacks a key, or has one too many, does not compile. */
export type SameKeys<T> = { [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };
