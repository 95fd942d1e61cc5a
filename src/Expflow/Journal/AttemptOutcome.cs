namespace Expflow.Journal;

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>Exit code 0 and every declared output present.</summary>
    Done,

    /// <summary>Anything else; the cause says what.</summary>
    Failed,

    /// <summary>It saved and asked to be run again (exit code 75), or was asked to save and did: the run goes on in a next attempt.</summary>
    Again,
}
