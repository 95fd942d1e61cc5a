using System.Collections.Concurrent;

namespace Expflow.Exports;

/// <summary>Makes pieces on several threads and takes them on the caller's, in the order of the items they come from. Memory is bounded: makers wait for the taker.</summary>
internal static class InOrder
{
    private const int PiecesHeld = 4;

    /// <summary>Runs to the end, or to the first exception of either side, which is thrown on.</summary>
    /// <param name="count">How many items there are.</param>
    /// <param name="workers">How many threads make pieces.</param>
    /// <param name="make">Makes the pieces of an item and gives each to the action. One item's calls are on one thread.</param>
    /// <param name="take">Takes a piece, on the caller's thread.</param>
    public static void Run<T>(int count, int workers, Action<int, Action<T>> make, Action<T> take)
    {
        using var stop = new CancellationTokenSource();
        using var window = new SemaphoreSlim(workers * 3);
        var queues = new BlockingCollection<T>?[count];
        var errors = new Exception?[count];
        for (var i = 0; i < count; i++)
            queues[i] = new BlockingCollection<T>(PiecesHeld);
        var next = -1;
        var tasks = Enumerable
            .Range(0, Math.Min(workers, count))
            .Select(_ =>
                Task.Factory.StartNew(
                    Work,
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
            )
            .ToArray();
        try
        {
            for (var i = 0; i < count; i++)
            {
                foreach (var piece in queues[i]!.GetConsumingEnumerable())
                    take(piece);
                if (errors[i] is { } error)
                    System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
                queues[i]!.Dispose();
                queues[i] = null;
                window.Release();
            }
        }
        finally
        {
            stop.Cancel();
            Task.WaitAll(tasks);
            foreach (var queue in queues)
                queue?.Dispose();
        }

        void Work()
        {
            while (true)
            {
                if (!Entered())
                    return;
                var item = Interlocked.Increment(ref next);
                if (item >= count)
                    return;
                MakeOne(item);
            }
        }

        bool Entered()
        {
            try
            {
                window.Wait(stop.Token);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        void MakeOne(int item)
        {
            var queue = queues[item]!;
            try
            {
                make(item, piece => queue.Add(piece, stop.Token));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The taker has given up and needs no more.
            }
            // Handed over to the caller's thread, which throws it on.
            catch (Exception e)
            {
                errors[item] = e;
            }
            finally
            {
                queue.CompleteAdding();
            }
        }
    }
}
