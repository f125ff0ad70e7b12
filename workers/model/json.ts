/** Whatever survives `JSON.parse(JSON.stringify(x))` unchanged: states, messages, configurations and fold values are made of it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };
