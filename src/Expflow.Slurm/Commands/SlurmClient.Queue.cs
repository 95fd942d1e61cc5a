namespace Expflow.Slurm;

public sealed partial class SlurmClient
{
    private const int MostSingleQuestions = 8;

    /// <summary>What is in the queue. Jobs that Slurm doesn't know (any more) have no row, and are no error.</summary>
    public async Task<SlurmAnswer<IReadOnlyList<QueuedJob>>> QueueAsync(
        QueueQuery query,
        CancellationToken cancel = default
    )
    {
        if (query is not QueueQuery.Jobs jobs)
            return await AskQueue(query, Filter(query), cancel).ConfigureAwait(false);
        if (jobs.Ids.Count is 0)
            return new SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered([]);
        var ids = jobs.Ids.Distinct().ToArray();
        if (ids.Length > MostSingleQuestions)
            return await AskQueue(query, $"--jobs={string.Join(',', ids)}", cancel).ConfigureAwait(false);
        // squeue asks for one record only where it is given one id; for two it loads the whole queue and picks.
        var answers = await Task.WhenAll(ids.Select(id => AskQueue(query, $"--jobs={id}", cancel)))
            .ConfigureAwait(false);
        return answers.Aggregate(
            (all, next) => all.Then(rows => next.Map(more => (IReadOnlyList<QueuedJob>)[.. rows, .. more]))
        );
    }

    private async Task<SlurmAnswer<IReadOnlyList<QueuedJob>>> AskQueue(
        QueueQuery query,
        string filter,
        CancellationToken cancel
    )
    {
        // -a: also jobs in hidden partitions, or a user's own job there would seem to be gone.
        var arguments = new List<string> { "-h", "-a", "-o", QueueRows.Format, filter };
        if (query.Unfold)
            arguments.Add("-r");
        if (query.Ended)
            arguments.Add("--states=all");
        var answer = await Ask(new("squeue", arguments), cancel).ConfigureAwait(false);
        if (answer is SlurmAnswer<SlurmPrint>.Refused { Kind: RefusalKind.InvalidJobId })
            return new SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered([]);
        return answer.Map(print => QueueRows.Read(print.Output));
    }

    private static string Filter(QueueQuery query) =>
        query switch
        {
            QueueQuery.User user => $"--user={user.Name}",
            QueueQuery.Named named => $"--name={named.Name}",
            _ => throw new InvalidOperationException("There is no other query."),
        };
}
