namespace Expflow.Contract;

/// <summary>Exit codes of a program that mean something to the manager beyond success (0) and failure.</summary>
public static class ExitCodes
{
    /// <summary>Run me again from my checkpoint. The number is <c>EX_TEMPFAIL</c> of <c>sysexits.h</c>.</summary>
    public const int Resume = 75;
}
