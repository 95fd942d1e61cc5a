namespace Expflow.Slurm;

/// <summary>The rows of <c>squeue -h -o</c> in the format below.</summary>
internal static class QueueRows
{
    // Short field letters are the same since long before 20.11 and never cut; -O's names and widths are not.
    private const string Letters = "iATrjkuPaqNSVelME";

    /// <summary>The format: fields end with a unit separator, rows with a record separator.</summary>
    internal static string Format { get; } =
        string.Join(SlurmClient.FieldEnd, Letters.Select(letter => $"%{letter}")) + SlurmClient.RowEnd;

    /// <summary>Reads the rows; what isn't one (<c>CLUSTER: a</c>, a site's banner) is passed over.</summary>
    internal static IReadOnlyList<QueuedJob> Read(string output)
    {
        var rows = new List<QueuedJob>();
        foreach (var row in output.Split(SlurmClient.RowEnd))
            if (ReadRow(row) is { } job)
                rows.Add(job);
        return rows;
    }

    private static QueuedJob? ReadRow(string row)
    {
        var fields = row.Split(SlurmClient.FieldEnd);
        if (fields.Length != Letters.Length)
            return null;
        // Before the first field stand the last row's line end, and perhaps a line of another kind.
        var id = fields[0][(fields[0].LastIndexOf('\n') + 1)..];
        if (!JobReference.TryParse(id, out var job) || !SlurmJobId.TryParse(fields[1], out var own))
            return null;
        return new()
        {
            Job = job,
            OwnId = own.Value,
            State = JobState.Parse(fields[2]),
            Reason = WaitingReason.Parse(fields[3]),
            Name = fields[4],
            Comment = SlurmTime.Text(fields[5]),
            User = fields[6],
            Partition = fields[7],
            Account = SlurmTime.Text(fields[8]),
            Qos = SlurmTime.Text(fields[9]),
            Nodes = SlurmTime.Text(fields[10]),
            Start = SlurmTime.Parse(fields[11]),
            Submitted = SlurmTime.Parse(fields[12]),
            End = SlurmTime.Parse(fields[13]),
            TimeLimit = SlurmTime.Duration(fields[14]),
            Elapsed = SlurmTime.Duration(fields[15]),
            Dependency = JobDependency.TryParse(fields[16], out var dependency) ? dependency : null,
        };
    }
}
