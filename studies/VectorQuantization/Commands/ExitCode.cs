using Expflow.Contract;

namespace VectorQuantization.Commands;

/// <summary>How the program ends.</summary>
internal static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Done = 0;

    /// <summary>Ended before its time (SIGTERM, Ctrl-C) with everything saved, or some cells of a sweep failed: the same command goes on.</summary>
    public const int Stopped = 1;

    /// <summary>Files or settings can't be worked with; nothing was changed.</summary>
    public const int BadInput = 2;

    /// <summary>Of a command that a signal ended: Expflow, where the program runs under it, is to run it again.</summary>
    public static int WhenAskedToEnd(Composition with) =>
        with.Variable(EnvironmentNames.RunId) is { Length: > 0 } ? ExitCodes.Resume : Stopped;
}
