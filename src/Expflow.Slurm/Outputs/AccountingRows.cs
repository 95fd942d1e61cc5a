namespace Expflow.Slurm;

/// <summary>The rows of <c>sacct</c> in the columns below.</summary>
internal static class AccountingRows
{
    private static readonly string[] Known =
    [
        "JobID",
        "JobIDRaw",
        "JobName",
        "Partition",
        "Account",
        "User",
        "State",
        "ExitCode",
        "DerivedExitCode",
        "Reason",
        "NodeList",
        "ElapsedRaw",
        "TimelimitRaw",
        "Submit",
        "Start",
        "End",
        "MaxRSS",
        "ReqMem",
        "AllocTRES",
        "Comment",
    ];

    /// <summary>The columns to ask for.</summary>
    internal static IReadOnlyList<string> Columns(bool withRestarts) => withRestarts ? [.. Known, "Restarts"] : Known;

    /// <summary>Reads the rows and merges steps into their jobs; what isn't a row is passed over.</summary>
    internal static IReadOnlyList<AccountedJob> Read(string output, int columns)
    {
        var jobs = new List<AccountedJob>();
        // Of a requeued job (-D) the steps follow their own time, so the latest of a name is theirs.
        var latest = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in TableRows.Read(output, columns, SlurmClient.FieldEnd))
        {
            if (!JobReference.TryParse(row[0], out var reference))
                continue;
            var whole = $"{reference with { Step = null }}";
            if (reference.Step is null && Job(reference, row) is { } job)
            {
                latest[whole] = jobs.Count;
                jobs.Add(job);
            }
            else if (reference.Step is not null && latest.TryGetValue(whole, out var at))
                jobs[at] = WithStep(jobs[at], Step(reference.Step, row));
        }
        return jobs;
    }

    private static AccountedJob? Job(JobReference reference, string[] row) =>
        !SlurmJobId.TryParse(row[1].Split('+')[0], out var own)
            ? null
            : new()
            {
                Job = reference,
                OwnId = own.Value,
                Name = row[2],
                Partition = row[3],
                Account = SlurmTime.Text(row[4]),
                User = row[5],
                State = JobState.Parse(row[6]),
                ExitCode = Exit(row[7]),
                DerivedExitCode = Exit(row[8]),
                Reason = WaitingReason.Parse(row[9]),
                Nodes = SlurmTime.Text(row[10]),
                Elapsed = SlurmTime.Number(row[11]) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                TimeLimit = SlurmTime.Number(row[12]) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
                Submitted = SlurmTime.Parse(row[13]),
                Start = SlurmTime.Parse(row[14]),
                End = SlurmTime.Parse(row[15]),
                PeakMemory = Peak(row[16]),
                RequestedMemory = RequestedMemory.TryParse(row[17], out var memory) ? memory : null,
                AllocatedTres = SlurmTime.Text(row[18]),
                Comment = SlurmTime.Text(row[19]),
                Restarts = row.Length > Known.Length ? (int?)SlurmTime.Number(row[20]) : null,
            };

    private static AccountedStep Step(string name, string[] row) =>
        new(name, JobState.Parse(row[6]), Exit(row[7]), Peak(row[16]));

    private static AccountedJob WithStep(AccountedJob job, AccountedStep step) =>
        job with
        {
            Steps = [.. job.Steps, step],
            PeakMemory =
                job.PeakMemory is { } known && !(step.PeakMemory > known) ? known : step.PeakMemory ?? job.PeakMemory,
        };

    private static SlurmExitCode? Exit(string text) => SlurmExitCode.TryParse(text, out var exit) ? exit : null;

    // Without a unit these are bytes here, unlike --mem's mebibytes.
    private static MemorySize? Peak(string text) =>
        text is [.., >= '0' and <= '9'] ? (MemorySize.TryParse(text + "B", out var bytes) ? bytes : null)
        : MemorySize.TryParse(text, out var size) ? size
        : null;
}
