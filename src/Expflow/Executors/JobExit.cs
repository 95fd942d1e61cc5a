using Expflow.Contract;
using Expflow.Journal;

namespace Expflow.Executors;

/// <summary>What an agent inside a job exits with, which becomes the job's own exit code: a dependent job starts after 0 only.</summary>
public static class JobExit
{
    /// <summary>The run is done.</summary>
    public const int Done = 0;

    /// <summary>EX_DATAERR: exit 0 without the declared outputs, or a check that did not hold.</summary>
    public const int HollowSuccess = 65;

    /// <summary>EX_IOERR: the project could not be written to.</summary>
    public const int CanNotWrite = 74;

    /// <summary>EX_TEMPFAIL: it goes on in another attempt.</summary>
    public const int Again = ExitCodes.Resume;

    /// <summary>EX_PROTOCOL: a newer attempt has taken the run over.</summary>
    public const int Superseded = 76;

    /// <summary>EX_CONFIG: nothing was started, since what was to be started can't be read.</summary>
    public const int BadConfiguration = 78;

    private const int NotStarted = 127;

    /// <summary>The cause of an attempt that a newer one has taken over from.</summary>
    public const string SupersededCause = "superseded";

    /// <summary>The exit code for an end.</summary>
    /// <param name="ended">The end, as the journal has it.</param>
    /// <param name="record">The exit record: the command's own code, or 128 and the signal that ended it; null when there is none.</param>
    public static int Of(JournalEvent.AttemptEnded ended, int? record) =>
        (ended.Outcome, ended.Cause) switch
        {
            (AttemptOutcome.Done, _) => Done,
            (AttemptOutcome.Again, SupersededCause) => Superseded,
            (AttemptOutcome.Again, _) => Again,
            (_, "missing_outputs" or "check_failed") => HollowSuccess,
            (_, "not_started") => NotStarted,
            _ => (ended.ExitCode ?? record) is { } code and not (0 or Again) ? code : 1,
        };
}
