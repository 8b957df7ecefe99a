/** A line for the person at the terminal. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** A line that tells what went wrong. */
export function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}
