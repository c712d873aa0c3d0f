import { answer } from './run.mjs';
import { refuse } from './say.mjs';

const node = [20, 19];
const dotnet = 10;

/** Node and .NET in versions that Torch builds with, or one line that says what to install. */
export function requireTools() {
  requireNode();
  requireDotnet();
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < node[0] || (major === node[0] && minor < node[1]))
    refuse(`Node ${node.join('.')} or later is needed, this is ${process.versions.node}: https://nodejs.org`);
}

export function requireDotnet() {
  const sdks = answer('dotnet', ['--list-sdks']);
  if (sdks === undefined) refuse(`the .NET SDK ${dotnet} is needed and was not found: https://dotnet.microsoft.com/download`);
  const majors = sdks.split('\n').map((line) => Number.parseInt(line, 10));
  if (!majors.includes(dotnet))
    refuse(`the .NET SDK ${dotnet} is needed, found ${sdks.split('\n')[0] || 'only a runtime'}: https://dotnet.microsoft.com/download`);
}
