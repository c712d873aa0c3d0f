export function differences(english: string, folder: string): { missing: string[]; unknown: string[] };
