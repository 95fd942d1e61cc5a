using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Expflow.Exports;

/// <summary>Makes pieces on several threads and takes them on the caller's, in the order of the items they come from. Memory is bounded: makers wait for the taker.</summary>
/// <typeparam name="T">A piece.</typeparam>
/// <param name="count">How many items there are.</param>
/// <param name="make">Makes the pieces of an item and gives each to the action. One item's calls are on one thread.</param>
internal sealed class InOrder<T>(int count, Action<int, Action<T>> make) : IDisposable
{
    private const int PiecesHeld = 4;
    private readonly BlockingCollection<Item> items = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private SemaphoreSlim window = new(0);
    private int next;

    /// <summary>Runs to the end, or to the first exception of either side, which is thrown on.</summary>
    /// <param name="workers">How many threads make pieces; one item more than that is held at most.</param>
    /// <param name="take">Takes a piece, on the caller's thread.</param>
    public void Run(int workers, Action<T> take)
    {
        window.Dispose();
        window = new SemaphoreSlim(workers + 1);
        var makers = Enumerable
            .Range(0, workers)
            .Select(_ =>
                Task.Factory.StartNew(
                    Make,
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
            )
            .ToArray();
        try
        {
            foreach (var item in items.GetConsumingEnumerable())
                Take(item, take);
        }
        finally
        {
            stop.Cancel();
            Task.WaitAll(makers);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        items.Dispose();
        stop.Dispose();
        window.Dispose();
    }

    private void Take(Item item, Action<T> take)
    {
        // Not disposed: the maker may still be inside CompleteAdding when the last piece has come.
        foreach (var piece in item.Pieces.GetConsumingEnumerable())
            take(piece);
        item.Error?.Throw();
        window.Release();
    }

    private void Make()
    {
        try
        {
            while (Next() is { } item)
                Make(item);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The taker has given up and needs no more.
        }
    }

    // Numbering an item and queueing it are one act, so that the queue is in order.
    private Item? Next()
    {
        window.Wait(stop.Token);
        lock (gate)
        {
            if (next < count)
            {
                var item = new Item(next++);
                items.Add(item);
                return item;
            }
            if (!items.IsAddingCompleted)
                items.CompleteAdding();
            window.Release();
            return null;
        }
    }

    private void Make(Item item)
    {
        try
        {
            make(item.Number, piece => item.Pieces.Add(piece, stop.Token));
        }
        // Whatever it is, it is thrown on where the pieces are taken.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            item.Error = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            item.Pieces.CompleteAdding();
        }
    }

    private sealed class Item(int number)
    {
        public int Number => number;

        public BlockingCollection<T> Pieces { get; } = new(PiecesHeld);

        public ExceptionDispatchInfo? Error { get; set; }
    }
}
