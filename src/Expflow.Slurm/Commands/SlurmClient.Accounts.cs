namespace Expflow.Slurm;

public sealed partial class SlurmClient
{
    /// <summary>
    /// A user's accounts. The database is asked, and beside it the controller, which knows them where <c>sacctmgr</c> is missing, hangs or is forbidden. The answer
    /// of the database is taken where there is one.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="cluster">The cluster, since one database serves many; null: all.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="ArgumentException">No name, which to Slurm would mean everybody.</exception>
    public async Task<SlurmAnswer<UserAccounts>> AccountsAsync(
        string user,
        string? cluster,
        CancellationToken cancel = default
    )
    {
        var associations = AssociationsAsync(user, cancel);
        var defaults = DefaultAccountAsync(user, cluster, cancel);
        var controller = AssociationsOfControllerAsync(user, cancel);
        var said = await associations.ConfigureAwait(false);
        if (Here(said) is { Count: > 0 } own)
            return new SlurmAnswer<UserAccounts>.Answered(
                new(
                    own,
                    await defaults.ConfigureAwait(false) ?? Usual(Here(await controller.ConfigureAwait(false))),
                    null
                )
            );
        return Here(await controller.ConfigureAwait(false)) is { Count: > 0 } known
            ? new SlurmAnswer<UserAccounts>.Answered(new(known, Usual(known), Why(said)))
            : said.Map(_ => new UserAccounts([], null, null));

        List<Association>? Here(SlurmAnswer<IReadOnlyList<Association>> answer) =>
            (answer as SlurmAnswer<IReadOnlyList<Association>>.Answered)
                ?.Value.Where(one => IsOf(cluster, one.Cluster))
                .ToList();
    }

    // Null: there is none, or nobody says.
    private async Task<string?> DefaultAccountAsync(string user, string? cluster, CancellationToken cancel)
    {
        string[] arguments = ["-n", "-p", "show", "user", $"name={user}", "withassoc", "format=Cluster,DefaultAccount"];
        return
            await Ask(new("sacctmgr", arguments), cancel).ConfigureAwait(false)
                is SlurmAnswer<SlurmPrint>.Answered { Value: var print }
            ? TableRows
                .Read(print.Output, 2, '|')
                .Where(row => row[1].Length > 0 && IsOf(cluster, row[0]))
                .Select(row => row[1])
                .FirstOrDefault()
            : null;
    }

    private static bool IsOf(string? cluster, string name) =>
        cluster is null || name is "" || name.Equals(cluster, StringComparison.OrdinalIgnoreCase);

    private static string? Usual(List<Association>? known) => known?.Find(one => one.IsDefault is true)?.Account;

    private async Task<SlurmAnswer<IReadOnlyList<Association>>> AssociationsOfControllerAsync(
        string user,
        CancellationToken cancel
    )
    {
        string[] arguments = ["-o", "show", "assoc_mgr", $"users={user}", "flags=assoc"];
        return (await Ask(new("scontrol", arguments), cancel).ConfigureAwait(false)).Map(print =>
            Association.ReadController(print.Output, user)
        );
    }

    private static string Why<T>(SlurmAnswer<T> answer) =>
        answer switch
        {
            SlurmAnswer<T>.Missing missing => $"'{missing.Program}' was not found",
            SlurmAnswer<T>.Unanswered { Words.Length: > 0 } silent => $"sacctmgr gave no answer: {silent.Words}",
            SlurmAnswer<T>.Unanswered silent => $"sacctmgr gave no answer in {silent.After.TotalSeconds:0.#} s",
            SlurmAnswer<T>.Refused refused => $"sacctmgr refuses: {refused.Words}",
            _ => "sacctmgr names none",
        };
}
