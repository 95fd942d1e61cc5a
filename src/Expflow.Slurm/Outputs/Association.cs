namespace Expflow.Slurm;

/// <summary>What a user may do under one account (and in one partition). Null: no limit of this association's own; one of the account above may hold.</summary>
public sealed record Association
{
    /// <summary>The cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>The account.</summary>
    public required string Account { get; init; }

    /// <summary>The user; empty for the account's own row.</summary>
    public string User { get; init; } = "";

    /// <summary>The one partition that it is for; null: all.</summary>
    public string? Partition { get; init; }

    /// <summary>Jobs that may run at once.</summary>
    public long? MaxJobs { get; init; }

    /// <summary>Jobs that may be in the queue at once, every task of an array counted.</summary>
    public long? MaxSubmitJobs { get; init; }

    /// <summary>Jobs that the account and all below it may have in the queue.</summary>
    public long? GroupSubmitJobs { get; init; }

    /// <summary>Jobs that the account and all below it may run.</summary>
    public long? GroupJobs { get; init; }

    /// <summary>The longest time limit.</summary>
    public TimeSpan? MaxWall { get; init; }

    /// <summary>The QOSes that may be asked for.</summary>
    public IReadOnlyList<string> Qos { get; init; } = [];

    /// <summary>The QOS of jobs that ask for none, or null.</summary>
    public string? DefaultQos { get; init; }

    /// <summary>Whether jobs go to this account that name none; null where it isn't known.</summary>
    public bool? IsDefault { get; init; }

    internal const string Format =
        "Cluster,Account,User,Partition,MaxJobs,MaxSubmitJobs,GrpSubmitJobs,GrpJobs,MaxWall,QOS,DefaultQOS";

    internal static IReadOnlyList<Association> Read(string output) =>
        [
            .. TableRows
                .Read(output, Format.Split(',').Length, '|')
                .Select(row => new Association
                {
                    Cluster = row[0],
                    Account = row[1],
                    User = row[2],
                    Partition = SlurmTime.Text(row[3]),
                    MaxJobs = SlurmTime.Number(row[4]),
                    MaxSubmitJobs = SlurmTime.Number(row[5]),
                    GroupSubmitJobs = SlurmTime.Number(row[6]),
                    GroupJobs = SlurmTime.Number(row[7]),
                    MaxWall = SlurmTime.Duration(row[8]),
                    Qos = row[9].Split(',', StringSplitOptions.RemoveEmptyEntries),
                    DefaultQos = SlurmTime.Text(row[10]),
                }),
        ];

    /// <summary>Reads what the controller itself knows: <c>scontrol show assoc_mgr</c>. It says nothing of QOSes.</summary>
    internal static IReadOnlyList<Association> ReadController(string output, string user) =>
        [
            .. SlurmRecord
                .ReadAll(output)
                .Where(record => record["UserName"]?.Split('(')[0] == user && record["Account"] is not null)
                .Select(record => new Association
                {
                    Cluster = record["ClusterName"] ?? "",
                    Account = record["Account"]!,
                    User = user,
                    Partition = record["Partition"] is { Length: > 0 } partition ? partition : null,
                    MaxJobs = record.Number("MaxJobs"),
                    MaxSubmitJobs = record.Number("MaxSubmitJobs"),
                    GroupSubmitJobs = record.Number("GrpSubmitJobs"),
                    GroupJobs = record.Number("GrpJobs"),
                    IsDefault = record["DefAssoc"] is "Yes",
                }),
        ];
}
