namespace Expflow.Cli;

/// <summary>What <c>expflow</c> ends with.</summary>
internal static class ExitCode
{
    /// <summary>Everything that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>Some run failed, or a hole remains.</summary>
    public const int Incomplete = 1;

    /// <summary>The user's input can't be used as it is.</summary>
    public const int BadInput = 2;

    /// <summary>A bug of ours (EX_SOFTWARE of sysexits.h).</summary>
    public const int Bug = 70;

    /// <summary>Ended by Ctrl-C, as shells report it.</summary>
    public const int Interrupted = 130;
}
