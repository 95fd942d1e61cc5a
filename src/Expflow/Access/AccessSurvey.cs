using System.Globalization;
using Expflow.Experiments;
using Expflow.Slurm;

namespace Expflow.Access;

/// <summary>Asks Slurm by <c>sbatch --test-only</c>, which submits nothing: several at once, and never more than a budget.</summary>
/// <param name="slurm">The cluster.</param>
/// <param name="time">The clock.</param>
public sealed class AccessSurvey(SlurmClient slurm, TimeProvider time)
{
    /// <summary>How many calls are made at once.</summary>
    public const int AtOnce = 8;

    /// <summary>How many calls a look may cost where nothing else is said.</summary>
    public const int UsualCalls = 48;

    // A controller that has not answered so many won't answer the rest either.
    private const int MostSilences = 3;

    private static readonly TimeSpan SmallJob = TimeSpan.FromHours(1);

    /// <summary>Asks what has to be asked.</summary>
    /// <param name="site">The cluster.</param>
    /// <param name="wanted">What a job asks for; nothing: any small job.</param>
    /// <param name="calls">The most calls.</param>
    /// <param name="known">What was found a while ago for any small job, if anything.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<AccessMap> AskAsync(
        AccessSite site,
        Resources wanted,
        int calls = UsualCalls,
        AccessMap? known = null,
        CancellationToken cancel = default
    )
    {
        var plan = AccessPlan.For(site, wanted, calls, known);
        var verdicts = new AccessVerdict[plan.ToAsk.Count];
        var (silences, made) = (0, 0);
        await Parallel
            .ForAsync(
                0,
                verdicts.Length,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
                async (at, token) =>
                {
                    if (Volatile.Read(ref silences) >= MostSilences)
                    {
                        verdicts[at] = new AccessVerdict.Unknown(
                            "Slurm gave no answer to others, and wasn't asked any more"
                        );
                        return;
                    }
                    Interlocked.Increment(ref made);
                    var question = plan.ToAsk[at];
                    var partition = site.Partitions.First(one => one.Name == question.Partition);
                    var answer = await slurm
                        .TestOnlyAsync(Ask(question, partition, wanted), token)
                        .ConfigureAwait(false);
                    if (answer is SlurmAnswer<ExpectedStart>.Unanswered)
                        Interlocked.Increment(ref silences);
                    verdicts[at] = Judge(answer, partition);
                }
            )
            .ConfigureAwait(false);
        var found = plan
            .Decided.Concat(plan.ToAsk.Zip(verdicts, (question, verdict) => new AccessEntry(question, verdict)))
            .Concat(plan.LeftOut.Select(question => new AccessEntry(question, new AccessVerdict.LeftOut())));
        return new(time.GetUtcNow(), InOrder(site, found), made, site.Shortfall);
    }

    private static SbatchRequest Ask(AccessQuestion question, Partition partition, Resources wanted)
    {
        var options = new List<string>
        {
            $"--partition={question.Partition}",
            $"--nodes={Number(wanted.Nodes ?? Math.Max(1, partition.MinNodes))}",
            "--ntasks-per-node=1",
            $"--time={wanted.Walltime ?? Walltime.From(Shorter(partition.MaxTime))}",
        };
        if (question.Account is { } account)
            options.Add($"--account={account}");
        if (question.Qos is { } qos)
            options.Add($"--qos={qos}");
        if (wanted.Cpus is { } cpus)
            options.Add($"--cpus-per-task={Number(cpus)}");
        if (wanted.Memory is { } memory)
            options.Add($"--mem={Number(memory.Mebibytes)}M");
        if (question.WithGpus)
            options.Add($"--gres=gpu:{wanted.Gpus?.ToString() ?? "1"}");
        if (wanted.Constraint is { } constraint)
            options.Add($"--constraint={constraint}");
        return new("#!/bin/sh\nexit 0\n") { WorkFolder = "/", Extra = options };
    }

    private static TimeSpan Shorter(TimeSpan? longest) => longest is { } limit && limit < SmallJob ? limit : SmallJob;

    private static AccessVerdict Judge(SlurmAnswer<ExpectedStart> answer, Partition partition) =>
        answer switch
        {
            // It takes jobs, and starts none until it is up again.
            SlurmAnswer<ExpectedStart>.Answered { Value: var start } => new AccessVerdict.Allowed(
                partition.IsUp ? start.At : null,
                start.Nodes
            ),
            SlurmAnswer<ExpectedStart>.Refused { Kind: var kind, Words: var words } => AccessReasons.IsPassing(kind)
                ? new AccessVerdict.Unknown(AccessReasons.Words(kind, words))
                : new AccessVerdict.Refused(kind, AccessReasons.Words(kind, words), Asked: true),
            SlurmAnswer<ExpectedStart>.Unanswered { Words.Length: > 0 } silent => new AccessVerdict.Unknown(
                $"Slurm gave no answer: {silent.Words}"
            ),
            SlurmAnswer<ExpectedStart>.Unanswered silent => new AccessVerdict.Unknown(
                $"Slurm gave no answer in {silent.After.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s"
            ),
            _ => new AccessVerdict.Unknown("'sbatch' was not found"),
        };

    // As the site lists its partitions, whatever was asked first.
    private static IReadOnlyList<AccessEntry> InOrder(AccessSite site, IEnumerable<AccessEntry> found)
    {
        var places = site
            .Partitions.Select((one, at) => (one.Name, at))
            .ToDictionary(pair => pair.Name, pair => pair.at);
        return [.. found.OrderBy(entry => places[entry.Question.Partition])];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
