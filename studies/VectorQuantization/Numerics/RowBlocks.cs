namespace VectorQuantization.Numerics;

/// <summary>Work over rows, a block at a time, on several threads.</summary>
/// <remarks>
/// Blocks are cut by their size alone, never by the number of threads: whoever sums over blocks in the order of their numbers
/// gets the same bits on one thread and on sixteen.
/// </remarks>
public static class RowBlocks
{
    /// <summary>How many blocks <paramref name="rows"/> rows are cut into.</summary>
    public static int Count(long rows, int blockRows) => checked((int)((rows + blockRows - 1) / blockRows));

    /// <summary>Calls <paramref name="work"/> once for every block, in no particular order.</summary>
    /// <param name="rows">Rows in all.</param>
    /// <param name="blockRows">Rows a block; the last may have fewer.</param>
    /// <param name="threads">How many blocks are worked on at once.</param>
    /// <param name="work">Block number, first row, rows.</param>
    /// <param name="stop">Ends the work between blocks.</param>
    public static void ForEach(
        long rows,
        int blockRows,
        int threads,
        Action<int, long, int> work,
        CancellationToken stop = default
    )
    {
        var blocks = Count(rows, blockRows);
        var next = -1;
        Exception? first = null;
        void Loop()
        {
            try
            {
                while (Volatile.Read(ref first) is null)
                {
                    stop.ThrowIfCancellationRequested();
                    var block = Interlocked.Increment(ref next);
                    if (block >= blocks)
                        return;
                    var start = (long)block * blockRows;
                    work(block, start, (int)Math.Min(blockRows, rows - start));
                }
            }
#pragma warning disable CA1031 // whatever it is, it is thrown again on the caller's thread
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref first, failure, null);
            }
        }

        var others = new Thread[Math.Max(0, Math.Min(threads, blocks) - 1)];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(Loop) { IsBackground = true };
            others[i].Start();
        }
        Loop();
        foreach (var other in others)
            other.Join();
        if (first is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
    }
}
