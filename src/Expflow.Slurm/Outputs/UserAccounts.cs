namespace Expflow.Slurm;

/// <summary>A user's accounts on one cluster.</summary>
/// <param name="Associations">Accounts with their limits, one for each account, or for each account and partition.</param>
/// <param name="Default">The account of jobs that name none; null where there is none, or nobody says.</param>
/// <param name="Shortfall">Why the accounting database didn't say, where the controller did in its place (without QOSes and longest times); null where it did.</param>
public sealed record UserAccounts(IReadOnlyList<Association> Associations, string? Default, string? Shortfall)
{
    /// <summary>The accounts' names, the default one first, then as they came.</summary>
    public IReadOnlyList<string> Names =>
        [.. Associations.Select(one => one.Account).Distinct().OrderBy(name => name == Default ? 0 : 1)];
}
