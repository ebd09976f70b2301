// Prints what it was called with, so that a test can see what quoting made of its arguments.

process.stdout.write(`${JSON.stringify(process.argv.slice(2))}\n`);
