namespace Expflow.Slurm;

/// <summary>A quality of service and its limits. Null: no limit.</summary>
public sealed record Qos
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Jobs that one user may have in the queue at once.</summary>
    public long? MaxSubmitJobsPerUser { get; init; }

    /// <summary>Jobs that one account may have in the queue at once.</summary>
    public long? MaxSubmitJobsPerAccount { get; init; }

    /// <summary>Jobs that one user may run at once.</summary>
    public long? MaxJobsPerUser { get; init; }

    /// <summary>The longest time limit.</summary>
    public TimeSpan? MaxWall { get; init; }

    /// <summary>Jobs that all together may have in the queue.</summary>
    public long? GroupSubmitJobs { get; init; }

    /// <summary>Jobs that all together may run.</summary>
    public long? GroupJobs { get; init; }

    /// <summary>What one user may use at once, as it came: <c>cpu=64,gres/gpu=8</c>.</summary>
    public string? MaxTresPerUser { get; init; }

    /// <summary>What one job may use, as it came.</summary>
    public string? MaxTresPerJob { get; init; }

    internal const string Format =
        "Name,MaxSubmitJobsPerUser,MaxSubmitJobsPerAccount,MaxJobsPerUser,MaxWall,GrpSubmitJobs,GrpJobs,MaxTRESPerUser,MaxTRES";

    internal static IReadOnlyList<Qos> Read(string output) =>
        [
            .. TableRows
                .Read(output, Format.Split(',').Length, '|')
                .Select(row => new Qos
                {
                    Name = row[0],
                    MaxSubmitJobsPerUser = SlurmTime.Number(row[1]),
                    MaxSubmitJobsPerAccount = SlurmTime.Number(row[2]),
                    MaxJobsPerUser = SlurmTime.Number(row[3]),
                    MaxWall = SlurmTime.Duration(row[4]),
                    GroupSubmitJobs = SlurmTime.Number(row[5]),
                    GroupJobs = SlurmTime.Number(row[6]),
                    MaxTresPerUser = SlurmTime.Text(row[7]),
                    MaxTresPerJob = SlurmTime.Text(row[8]),
                }),
        ];
}
