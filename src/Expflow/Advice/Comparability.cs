using Expflow.Experiments;
using Expflow.Runs;

namespace Expflow.Advice;

/// <summary>Something that differs between finished runs of one stage, so that their results or times can't simply be compared.</summary>
/// <param name="Kind"><c>gpu_type</c>, <c>gpu_count</c>, <c>batch_size</c>, <c>precision</c>, <c>code</c>, <c>modules</c>, <c>container</c>, <c>environment</c>.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Words">What differs and what to do.</param>
/// <param name="Groups">What it was, and of which runs.</param>
public sealed record ComparabilityWarning(
    string Kind,
    string Stage,
    string Words,
    IReadOnlyList<(string Value, IReadOnlyList<RunId> Runs)> Groups
);

/// <summary>Looks whether runs that will stand in one table were made alike.</summary>
/// <param name="definitionOf">What a submission asked for; null when its manifest can't be read.</param>
/// <param name="codeOf">The code of a submission, equal for equal code; null when it isn't known.</param>
public sealed class Comparability(Func<SubmissionId, Experiment?> definitionOf, Func<SubmissionId, string?> codeOf)
{
    private const int MostNamed = 3;
    private const string Unset = "none";

    private static readonly string[] BatchNames =
    [
        "batch_size",
        "batch",
        "bs",
        "batchsize",
        "train_batch_size",
        "per_device_batch_size",
        "per_device_train_batch_size",
        "per_gpu_batch_size",
        "micro_batch_size",
    ];

    private static readonly string[] PrecisionNames =
    [
        "precision",
        "dtype",
        "amp",
        "fp16",
        "bf16",
        "fp32",
        "tf32",
        "half",
        "mixed_precision",
        "float32_matmul_precision",
    ];

    /// <summary>What differs among the runs of these stages, each by the last attempt that was done.</summary>
    public IReadOnlyList<ComparabilityWarning> Of(IEnumerable<Stage> stages, IReadOnlyList<AttemptUse> attempts) =>
        [
            .. stages.SelectMany(stage =>
                Of(
                    stage,
                    [
                        .. attempts
                            .Where(use => use.Stage == stage.Name && use.IsDone)
                            .GroupBy(use => use.Run)
                            .Select(run => run.MaxBy(use => use.Attempt)!),
                    ]
                )
            ),
        ];

    private List<ComparabilityWarning> Of(Stage stage, IReadOnlyList<AttemptUse> done)
    {
        if (done.Count < 2)
            return [];
        var warnings = new List<ComparabilityWarning>();
        Add(
            "gpu_type",
            use => use.Machine.GpuType,
            "ran on different GPUs",
            "their times can't be compared, and results may differ in the last digits: name one type in 'gpus', and run the others again"
        );
        Add(
            "gpu_count",
            use => use.Gpus == 0 ? null : Count(use.Gpus, "GPU"),
            "ran with different numbers of GPUs",
            "what is divided among GPUs is another computation: run those with the other number again"
        );
        AddBatch();
        AddSettled(PrecisionNames, "precision", "with another number format results can't be compared");
        Add(
            "code",
            use => codeOf(use.Submission) is { } code ? $"code {code[..Math.Min(7, code.Length)]}" : null,
            "ran different code",
            "'expflow retry EXPERIMENT --older' runs those with the older code again"
        );
        Add(
            "modules",
            use => use.Machine.Modules ?? Declared(use, spec => string.Join(':', spec.Modules)),
            "ran with different modules",
            "write the versions that are meant into 'environment: {modules: […]}', and run the others again"
        );
        Add(
            "container",
            use => Declared(use, ContainerOf),
            "ran in different containers",
            "run those in the other container again"
        );
        Add(
            "environment",
            use => Declared(use, SetupOf),
            "were set up differently (conda, venv, setup, variables)",
            "run those with the other setup again"
        );
        return warnings;

        void Add(string kind, Func<AttemptUse, string?> key, string what, string advice)
        {
            // What nobody noted is not known to differ.
            var groups = done.Where(use => key(use) is not null).GroupBy(use => key(use)!).ToList();
            if (groups.Count > 1)
                warnings.Add(Told(kind, stage.Name, groups, what, advice));
        }

        void AddBatch()
        {
            foreach (var name in NamesAmong(BatchNames))
            {
                // Another batch size is another setting; the same with other GPUs was meant to be the same.
                var mixed = done.Where(use => use.Parameters.TryGet(name, out _) && use.Gpus > 0)
                    .GroupBy(use => use.Parameters[name])
                    .Where(alike => alike.Select(use => use.Gpus).Distinct().Skip(1).Any())
                    .SelectMany(alike => alike)
                    .ToList();
                if (mixed.Count > 0)
                    warnings.Add(
                        Told(
                            "batch_size",
                            stage.Name,
                            [
                                .. mixed.GroupBy(use =>
                                    $"{name} {use.Parameters[name].Display} × {Count(use.Gpus, "GPU")}"
                                ),
                            ],
                            $"had different global batches, if '{name}' is the batch of one GPU",
                            $"set '{name}' so that '{name}' × GPUs × nodes stays the same, and run the others again"
                        )
                    );
            }
        }

        void AddSettled(string[] known, string kind, string why)
        {
            foreach (var name in NamesAmong(known).Where(name => !IsSwept(name)))
                Add(
                    kind,
                    use => use.Parameters.TryGet(name, out var value) ? $"{name} {value.Display}" : null,
                    $"had different values of '{name}', which no sweep asks for",
                    $"{why}: run those with the other value again"
                );
        }

        IEnumerable<string> NamesAmong(string[] known) =>
            done.SelectMany(use => use.Parameters.Names)
                .Distinct()
                .Where(name => known.Contains(name.Replace('-', '_'), StringComparer.OrdinalIgnoreCase));

        bool IsSwept(string name) =>
            done.Select(use => use.Submission)
                .Distinct()
                .Any(submission => definitionOf(submission)?.Sweep.Names.Contains(name) is true);

        string? Declared(AttemptUse use, Func<EnvironmentSpec, string> what) =>
            definitionOf(use.Submission)?.Stage(use.Stage) is { Environment: var spec } ? Or(what(spec)) : null;
    }

    private static string Or(string text) => text.Length == 0 ? Unset : text;

    private static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    private static string ContainerOf(EnvironmentSpec spec) =>
        spec.Container is not { } container
            ? ""
            : string.Join(' ', [container.Image, .. container.Overlays.Select(overlay => $"+ {overlay}")]);

    private static string SetupOf(EnvironmentSpec spec) =>
        string.Join(
            "; ",
            new[] { spec.Conda is null ? "" : $"conda {spec.Conda}", spec.Venv is null ? "" : $"venv {spec.Venv}" }
                .Concat(spec.Setup)
                .Concat(spec.Variables.Select(pair => $"{pair.Key}={pair.Value.Text}"))
                .Where(part => part.Length > 0)
        );

    private static ComparabilityWarning Told(
        string kind,
        string stage,
        IReadOnlyList<IGrouping<string, AttemptUse>> groups,
        string what,
        string advice
    )
    {
        var sorted = groups
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<RunId>)[.. group.Select(use => use.Run)]))
            .ToList();
        var each = sorted.Select(
            (group, place) =>
                $"{AdviceWords.Runs(group.Item2.Count)} {group.Key}{(place == 0 ? "" : Named(group.Item2))}"
        );
        return new(kind, stage, $"runs of '{stage}' {what}: {string.Join(", ", each)}; {advice}", sorted);
    }

    private static string Named(IReadOnlyList<RunId> runs) =>
        $" ({string.Join(" ", runs.Take(MostNamed).Select(run => run.Brief))}{(runs.Count > MostNamed ? " …" : "")})";
}
