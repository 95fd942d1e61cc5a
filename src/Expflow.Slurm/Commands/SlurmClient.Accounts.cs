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
        var defaults = DefaultAccountsAsync(user, cancel);
        var controller = AssociationsOfControllerAsync(user, cancel);
        var said = await associations.ConfigureAwait(false);
        var own = Here((said as SlurmAnswer<IReadOnlyList<Association>>.Answered)?.Value);
        var known = Here(
            (await controller.ConfigureAwait(false) as SlurmAnswer<IReadOnlyList<Association>>.Answered)?.Value
        );
        if (own is null or [] && known is { Count: > 0 })
            return new SlurmAnswer<UserAccounts>.Answered(
                new(known, known.FirstOrDefault(one => one.IsDefault is true)?.Account, Why(said))
            );
        return said.Then<UserAccounts>(_ => new SlurmAnswer<UserAccounts>.Answered(new(own ?? [], null, null))) switch
        {
            SlurmAnswer<UserAccounts>.Answered { Value: var found } => new SlurmAnswer<UserAccounts>.Answered(
                found with
                {
                    Default =
                        (
                            await defaults.ConfigureAwait(false)
                            as SlurmAnswer<IReadOnlyList<(string Cluster, string Account)>>.Answered
                        )
                            ?.Value.FirstOrDefault(one => IsHere(one.Cluster))
                            .Account
                        ?? known?.FirstOrDefault(one => one.IsDefault is true)?.Account,
                }
            ),
            var failed => failed,
        };

        bool IsHere(string name) =>
            cluster is null || name is "" || name.Equals(cluster, StringComparison.OrdinalIgnoreCase);

        List<Association>? Here(IReadOnlyList<Association>? all) => all?.Where(one => IsHere(one.Cluster)).ToList();
    }

    private async Task<SlurmAnswer<IReadOnlyList<(string Cluster, string Account)>>> DefaultAccountsAsync(
        string user,
        CancellationToken cancel
    )
    {
        string[] arguments = ["-n", "-p", "show", "user", $"name={user}", "withassoc", "format=Cluster,DefaultAccount"];
        return (await Ask(new("sacctmgr", arguments), cancel).ConfigureAwait(false)).Map(print =>
            (IReadOnlyList<(string, string)>)
                [
                    .. TableRows
                        .Read(print.Output, 2, '|')
                        .Where(row => row[1].Length > 0)
                        .Select(row => (row[0], row[1])),
                ]
        );
    }

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
