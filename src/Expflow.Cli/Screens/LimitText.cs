using Expflow.Slurm;

namespace Expflow.Cli.Screens;

/// <summary>Limits of accounts and QOSes, in words.</summary>
internal static class LimitText
{
    /// <summary>The limits of an account; null where there is none.</summary>
    public static string? Of(Association account)
    {
        var limits = Joined(
            ("jobs in the queue", account.MaxSubmitJobs),
            ("jobs in the queue for the whole account", account.GroupSubmitJobs),
            ("running jobs", account.MaxJobs),
            ("running jobs for the whole account", account.GroupJobs),
            account.MaxWall
        );
        return limits is null
            ? null
            : $"account '{account.Account}'{(account.Partition is { } partition ? $" in partition '{partition}'" : "")}: at most {limits}";
    }

    /// <summary>The limits of a QOS; null where there is none.</summary>
    public static string? Of(Qos qos)
    {
        var limits = Joined(
            ("jobs in the queue for a user", qos.MaxSubmitJobsPerUser),
            ("jobs in the queue for all", qos.GroupSubmitJobs),
            ("running jobs for a user", qos.MaxJobsPerUser),
            ("running jobs for all", qos.GroupJobs),
            qos.MaxWall
        );
        (string? Text, string Words)[] devices = [(qos.MaxTresPerUser, "for a user"), (qos.MaxTresPerJob, "for a job")];
        var more = string.Join(
            ", ",
            devices.Where(one => one.Text is not null).Select(one => $"{one.Text} {one.Words}")
        );
        var both = string.Join(", ", new[] { limits, more }.Where(text => text is { Length: > 0 }));
        return both.Length == 0 ? null : $"qos '{qos.Name}': at most {both}";
    }

    private static string? Joined(
        (string, long?) first,
        (string, long?) second,
        (string, long?) third,
        (string, long?) fourth,
        TimeSpan? longest
    )
    {
        (string Words, long? Most)[] texts = [first, second, third, fourth];
        var found = texts
            .Where(one => one.Most is not null)
            .Select(one => $"{Figures.Count(one.Most!.Value)} {one.Words}")
            .ToList();
        if (longest is { } time && time > TimeSpan.Zero)
            found.Add($"{Walltime.From(time)} a job");
        return found.Count == 0 ? null : string.Join(", ", found);
    }
}
