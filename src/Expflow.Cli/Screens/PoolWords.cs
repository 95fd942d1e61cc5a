using Expflow.Queues;
using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>The words that screens and JSON have for pools.</summary>
internal static class PoolWords
{
    /// <summary><c>open</c>, <c>draining</c> or <c>stopped</c>.</summary>
    public static string Of(PoolState state) =>
        state switch
        {
            PoolState.Draining => "draining",
            PoolState.Stopped => "stopped",
            _ => "open",
        };

    /// <summary>How an allocation stands: <c>running</c>, or that it waits and why.</summary>
    public static string Of(QueuedJob row) =>
        !row.State.IsWaiting ? row.State.Word.ToLowerInvariant()
        : row.Reason.IsNone ? "waits"
        : row.Reason.Words == row.Reason.Word ? $"waits: {row.Reason.Word}"
        : $"waits: {row.Reason.Word}, {row.Reason.Words}{(row.Reason.Hint is { } hint ? $" ({hint})" : "")}";
}
