using Expflow.Processes;
using Expflow.Projects;
using Expflow.Slurm;
using Expflow.Submission;

namespace Expflow.Cli.Commands;

/// <summary>The Slurm that this machine belongs to, asked in the user's name.</summary>
internal sealed class SlurmSite
{
    private Task<SubmitLimits>? limits;

    private SlurmSite(SlurmClient client) => Client = client;

    /// <summary>Speaks with it.</summary>
    public SlurmClient Client { get; }

    /// <summary>The user by the kernel's word: <c>$USER</c> may be unset or wrong, and an empty name would mean everybody.</summary>
    public static string User => UserFacts.Name;

    /// <summary>The site; null where there is no Slurm.</summary>
    public static SlurmSite? Find(Composition with)
    {
        var client = with.Slurm();
        return client.IsInstalled ? new(client) : null;
    }

    /// <summary>How much it takes at once. Asked once a command.</summary>
    public Task<SubmitLimits> LimitsAsync() => limits ??= AskLimitsAsync();

    /// <summary>Begins to ask how much it takes.</summary>
    public void AskEarly() => limits ??= AskLimitsAsync();

    private async Task<SubmitLimits> AskLimitsAsync()
    {
        var configuration = Client.ConfigurationAsync();
        var associations = Client.AssociationsAsync(User);
        var qualities = Client.QosAsync();
        return SubmitLimits.Of(await configuration, await associations, await qualities);
    }

    /// <summary>What its partitions and nodes could run.</summary>
    public async Task<StageFit> FitAsync()
    {
        var partitions = Client.PartitionsAsync();
        var nodes = Client.NodesAsync();
        return new(
            (await partitions as SlurmAnswer<IReadOnlyList<Partition>>.Answered)?.Value ?? [],
            (await nodes as SlurmAnswer<IReadOnlyList<SlurmNode>>.Answered)?.Value ?? []
        );
    }

    /// <summary>How many jobs the user has in the queue, every task of an array counted; null when Slurm doesn't say.</summary>
    public async Task<int?> QueuedAsync() =>
        await Client.QueueAsync(new QueueQuery.User(User) { Unfold = true })
            is SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows }
            ? rows.Count
            : null;

    /// <summary>The binary that nodes start: a copy in the project, so that an upgrade can't change what is queued.</summary>
    public static string ProgramIn(ProjectFolder project) => FrozenProgram.Place(project, Environment.ProcessPath!);

    /// <summary>Its path, for showing: nothing is written.</summary>
    public static string PathIn(ProjectFolder project) => FrozenProgram.PathOf(project, Environment.ProcessPath!);
}
