using Expflow.Experiments;
using Expflow.Manifests;
using Expflow.Runs;
using Expflow.Submission;
using Expflow.Tests.Experiments;

namespace Expflow.Tests.Submission;

/// <summary>Runs that are to go out, named by numbers.</summary>
internal sealed class SomeRuns
{
    private static readonly ManifestHeader Submission = new()
    {
        Submission = SubmissionId.TryParse("20261123-120000000-00000001", out var id) ? id : default,
        Experiment = "kd-gat",
        At = DateTimeOffset.UnixEpoch,
        Expflow = "0",
        File = "kd-gat.yaml",
        Resolved = "{}",
        Code = "/code",
    };

    private readonly Dictionary<string, Stage> stages = Stages(
        """
        experiment: kd-gat
        stages:
          vgae: {command: 'true'}
          curriculum: {command: 'true'}
          fusion: {command: 'true'}
        """
    );

    private static Dictionary<string, Stage> Stages(string file)
    {
        using var files = new ExperimentFiles();
        return files.Good(file).Stages.ToDictionary(stage => stage.Name);
    }

    public List<WantedRun> Wanted { get; } = [];

    public SomeRuns Add(string stage, int run, params int[] needs) => Add(stage, run, 1 << 30, needs);

    public SomeRuns Add(string stage, int run, long memory, int[] needs)
    {
        Wanted.Add(
            new()
            {
                Run = new(Id(run), stage, "{}", $"kd-gat/{stage}/{run}", [.. needs.Select(Id)]),
                Stage = stages[stage],
                Submission = Submission,
                Turn = 0,
                Ask = new(memory, 1, TimeSpan.FromHours(1), ""),
                Upstream = new Dictionary<string, IReadOnlyList<string>>(),
            }
        );
        return this;
    }

    public static RunId Id(int run) => RunId.FromBits((ulong)run);

    public ArrayCutter Cut(Func<RunId, NeedState>? needs = null, int mostIndices = 1001)
    {
        var cutter = new ArrayCutter(
            needs ?? (_ => new NeedState.Waiting()),
            mostIndices,
            () => ArrayId.New(TimeProvider.System, Random.Shared)
        );
        cutter.Cut(Wanted);
        return cutter;
    }

    /// <summary>One line an array: <c>vgae 0-3</c>, <c>curriculum 0-3 aftercorr:vgae</c>.</summary>
    public static string[] Shown(ArrayCutter cutter) =>
        [
            .. cutter.Drafts.Select(array =>
                $"{array.Stage.Name} {array.Indices} {WaitText.Of(array.Wait, source => source.Job?.ToString() ?? source.Draft!.Stage.Name)}".TrimEnd()
            ),
        ];
}
