import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const inRoot = (...parts) => join(root, ...parts);
export const solution = inRoot('Torch.Cqrs.sln');
export const artifacts = inRoot('artifacts');

/** The built `torch`, to be run by `dotnet`: an executable of its own would need DOTNET_ROOT on some machines. */
export const torchDll = (configuration) => inRoot('backend/Torch.Cli/bin', configuration, 'net10.0/torch.dll');
