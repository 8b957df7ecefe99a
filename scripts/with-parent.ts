/**
 * Arguments for Node that end a program of ours when whoever started it is gone, however that ended: its end of
 * the standard input closes then. Worker threads of the program are let be.
 */
export const withParent = [
  '--import',
  `data:text/javascript,${encodeURIComponent(`
    import { isMainThread } from 'node:worker_threads'
    if (isMainThread) {
      process.stdin.on('close', () => process.kill(process.pid, 'SIGKILL')).resume()
      process.stdin.unref()
    }
  `)}`,
]
