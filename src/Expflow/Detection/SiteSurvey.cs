using Expflow.Processes;
using Expflow.Slurm;

namespace Expflow.Detection;

/// <summary>Looks at everything at once. Nothing waits for anything else, and each is waited for so long and no longer.</summary>
/// <param name="slurm">Slurm.</param>
/// <param name="environment">The user's variables.</param>
/// <param name="host">This machine's name.</param>
/// <param name="probe">How long to wait for each.</param>
/// <param name="time">The clock.</param>
public sealed class SiteSurvey(
    SlurmClient slurm,
    IReadOnlyDictionary<string, string> environment,
    string host,
    Probe probe,
    TimeProvider time
)
{
    private readonly SlurmClient once = slurm.With(new() { Answer = probe.Limit, Tries = 1 });

    // Who waited a while for the cluster's name, and has another source to turn to, gives up sooner.
    private readonly SlurmClient sooner = slurm.With(new() { Answer = probe.Limit * 0.7, Tries = 1 });

    /// <summary>Looks at everything.</summary>
    public async Task<SiteReport> LookAsync()
    {
        var user = UserFacts.Name;
        var cluster = ClusterAsync();
        var partitions = PartitionsAsync();
        var nodes = NodesAsync();
        var accounts = probe.AskAsync(cancel => AccountsAsync(user, cluster, cancel));
        var qos = probe.AskAsync(async cancel => NeedsDatabase(await once.QosAsync(cancel).ConfigureAwait(false)));
        var accounting = probe.AskAsync(AccountingAsync);
        var home = probe.LookAsync(Home);
        var scratch = ScratchAsync(user);
        var machine = probe.LookAsync<MachineSight>(() =>
            new Finding<MachineSight>.Known(
                MachineSight.Of(host, environment.GetValueOrDefault("CUDA_VISIBLE_DEVICES"))
            )
        );
        var software = new SoftwareSearch(environment, environment.GetValueOrDefault("HOME"), probe.Limit / 2);
        var modules = probe.LookAsync(software.Modules);
        var containers = probe.LookAsync(software.Containers);
        var conda = probe.LookAsync(software.Conda);
        return new()
        {
            User = user,
            UserId = UserFacts.Id,
            Home = await home.ConfigureAwait(false),
            Scratch = await scratch.ConfigureAwait(false),
            Machine = await machine.ConfigureAwait(false),
            Cluster = await cluster.ConfigureAwait(false),
            Partitions = await partitions.ConfigureAwait(false),
            Nodes = await nodes.ConfigureAwait(false),
            Accounts = await accounts.ConfigureAwait(false),
            Qos = await qos.ConfigureAwait(false),
            Accounting = await accounting.ConfigureAwait(false),
            Modules = await modules.ConfigureAwait(false),
            Containers = await containers.ConfigureAwait(false),
            Conda = await conda.ConfigureAwait(false),
        };
    }

    /// <summary>Looks only at what is the same for every user of the cluster.</summary>
    public async Task<ClusterSight?> LookAtClusterAsync()
    {
        var cluster = ClusterAsync();
        var partitions = PartitionsAsync();
        var nodes = NodesAsync();
        return await cluster.ConfigureAwait(false) is Finding<SlurmConfiguration>.Known configuration
            ? new(
                configuration.Value,
                PartitionSummary.Of(
                    (await partitions.ConfigureAwait(false)).OrNull ?? [],
                    (await nodes.ConfigureAwait(false)).OrNull ?? []
                )
            )
            : null;
    }

    private async Task<Finding<ScratchSight>> ScratchAsync(string user) =>
        await ScratchSight.LookAsync(new(environment, user), probe).ConfigureAwait(false) is var sight
        && sight is { Best: null, PassedOver: [] }
            ? new Finding<ScratchSight>.Absent("no variable such as $SCRATCH names one, and none is in a usual place")
            : new Finding<ScratchSight>.Known(sight);

    private Task<Finding<SlurmConfiguration>> ClusterAsync() =>
        probe.AskAsync(async cancel => Findings.Of(await once.ConfigurationAsync(cancel).ConfigureAwait(false)));

    private Task<Finding<IReadOnlyList<Partition>>> PartitionsAsync() =>
        probe.AskAsync(async cancel => Findings.Of(await once.PartitionsAsync(cancel).ConfigureAwait(false)));

    private Task<Finding<IReadOnlyList<SlurmNode>>> NodesAsync() =>
        probe.AskAsync(async cancel => Findings.Of(await once.NodesAsync(cancel).ConfigureAwait(false)));

    // One database serves many clusters, so that this one's name is waited for, though not for long.
    private async Task<Finding<UserAccounts>> AccountsAsync(
        string user,
        Task<Finding<SlurmConfiguration>> cluster,
        CancellationToken cancel
    )
    {
        await Task.WhenAny(cluster, Task.Delay(probe.Limit / 5, time, cancel)).ConfigureAwait(false);
        var name = cluster.IsCompletedSuccessfully ? (await cluster.ConfigureAwait(false)).OrNull?.ClusterName : null;
        return NeedsDatabase(await sooner.AccountsAsync(user, name, cancel).ConfigureAwait(false));
    }

    // A question of no rows: only whether somebody answers is of interest.
    private async Task<Finding<bool>> AccountingAsync(CancellationToken cancel) =>
        NeedsDatabase(
            (
                await once.AccountingAsync(
                        new AccountingQuery.Named("expflow-is-anybody-there", time.GetUtcNow()),
                        cancel
                    )
                    .ConfigureAwait(false)
            ).Map(_ => true)
        );

    // Where Slurm is, a missing program of its database's is something that could not be asked; elsewhere nothing is missing.
    private Finding<T> NeedsDatabase<T>(SlurmAnswer<T> answer) =>
        answer is SlurmAnswer<T>.Missing missing && slurm.IsInstalled
            ? new Finding<T>.Unlearned($"'{missing.Program}' was not found")
            : Findings.Of(answer);

    private static Finding<Place> Home() =>
        (UserFacts.Home ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)) is { Length: > 0 } home
            ? Place.At(home, "user database") is { } place
                ? new Finding<Place>.Known(place)
                : new Finding<Place>.Absent($"'{home}', where the user database has it")
            : new Finding<Place>.Absent("no home folder in the user database");
}
