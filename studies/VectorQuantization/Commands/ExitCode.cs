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
}
