/** Like Promise.all, but waits for the rest when one fails, so that nothing of it goes on behind whoever hears of that. */
export async function allEnded<Things extends readonly unknown[]>(
  pending: readonly [...{ [Index in keyof Things]: Promise<Things[Index]> }],
): Promise<Things> {
  await Promise.allSettled(pending)
  return Promise.all(pending) as unknown as Promise<Things>
}
