using System.Globalization;

namespace Expflow.Slurm;

public sealed partial class SlurmClient
{
    private Task<bool>? knowsRestarts;

    /// <summary>What the accounting holds. It lags the queue by up to seconds, and a job that it doesn't know has no row.</summary>
    public async Task<SlurmAnswer<IReadOnlyList<AccountedJob>>> AccountingAsync(
        AccountingQuery query,
        CancellationToken cancel = default
    )
    {
        if (query is AccountingQuery.Jobs { Ids.Count: 0 })
            return new SlurmAnswer<IReadOnlyList<AccountedJob>>.Answered([]);
        var columns = AccountingRows.Columns(await (knowsRestarts ??= KnowsRestarts(cancel)).ConfigureAwait(false));
        List<string> arguments =
        [
            "-n",
            "-p",
            $"--delimiter={FieldEnd}",
            $"--format={string.Join(',', columns)}",
            .. Filter(query),
        ];
        if (query.Duplicates)
            arguments.Add("--duplicates");
        var answer = await Ask(new("sacct", arguments), cancel).ConfigureAwait(false);
        return answer.Map(print => AccountingRows.Read(print.Output, columns.Count));
    }

    // 22.05 has no such column. Asked of the program itself, which asks nobody.
    private async Task<bool> KnowsRestarts(CancellationToken cancel) =>
        await Ask(new("sacct", ["--helpformat"]), cancel).ConfigureAwait(false)
            is SlurmAnswer<SlurmPrint>.Answered { Value: var print }
        && print.Output.Contains("Restarts", StringComparison.Ordinal);

    private IEnumerable<string> Filter(AccountingQuery query) =>
        query switch
        {
            AccountingQuery.Jobs { Since: { } since } jobs =>
            [
                $"--jobs={string.Join(',', jobs.Ids)}",
                $"--starttime={Local(since)}",
            ],
            AccountingQuery.Jobs jobs => [$"--jobs={string.Join(',', jobs.Ids)}"],
            AccountingQuery.Named named => [$"--name={named.Name}", $"--starttime={Local(named.Since)}"],
            _ => throw new InvalidOperationException("There is no other query."),
        };

    // sacct takes the machine's own time and no offset.
    private string Local(DateTimeOffset time) =>
        TimeZoneInfo
            .ConvertTime(time, clock.LocalTimeZone)
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
