/** The line that starts an agent, ready to be pasted where it is to run. */
export const agentCommand = (server: string, key: string) => `torch agent --server ${server} --key ${key}`;
