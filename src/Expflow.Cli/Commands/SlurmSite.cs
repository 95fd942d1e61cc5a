using Expflow.Processes;
using Expflow.Projects;
using Expflow.Slurm;
using Expflow.Submission;

namespace Expflow.Cli.Commands;

/// <summary>The Slurm that this machine belongs to, asked in the user's name.</summary>
internal sealed class SlurmSite
{
    private readonly Lazy<Task<SlurmAnswer<SlurmConfiguration>>> configuration;
    private readonly Lazy<Task<SubmitLimits>> limits;
    private readonly Lazy<Task<StageFit>> fit;

    private SlurmSite(SlurmClient client)
    {
        Client = client;
        configuration = new(() => Client.ConfigurationAsync());
        limits = new(AskLimitsAsync);
        fit = new(AskFitAsync);
    }

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
    public Task<SubmitLimits> LimitsAsync() => limits.Value;

    /// <summary>What its partitions and nodes could run. Asked once a command.</summary>
    public Task<StageFit> FitAsync() => fit.Value;

    /// <summary>False where Slurm's programs are installed and belong to no cluster.</summary>
    public async Task<bool> IsClusterAsync() =>
        await configuration.Value is not SlurmAnswer<SlurmConfiguration>.Refused { Kind: RefusalKind.NotConfigured };

    /// <summary>Begins to ask what a submission has to know.</summary>
    public void AskEarly() => _ = (LimitsAsync(), FitAsync());

    private async Task<SubmitLimits> AskLimitsAsync()
    {
        var answer = await configuration.Value;
        // The database takes ten times as long as the controller, and what it would say holds only where it is enforced.
        if (answer is SlurmAnswer<SlurmConfiguration>.Answered { Value: { EnforcesLimits: false } })
            return SubmitLimits.Of(answer, null, null);
        var associations = Client.AssociationsAsync(User);
        var qualities = Client.QosAsync();
        return SubmitLimits.Of(answer, await associations, await qualities);
    }

    private async Task<StageFit> AskFitAsync()
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
