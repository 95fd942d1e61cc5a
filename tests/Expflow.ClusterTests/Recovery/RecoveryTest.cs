using System.Text.Json;
using Expflow.ClusterTests.Submission;
using Xunit;

namespace Expflow.ClusterTests.Recovery;

/// <summary>What tests of <c>expflow recover</c> have in common.</summary>
public abstract class RecoveryTest(Clusters clusters) : SubmissionTest(clusters)
{
    /// <summary>A line of shell that takes more than 200 MB of memory.</summary>
    protected const string Hungry = "x=$(head -c 200000000 /dev/zero | tr '\\0' x)";

    /// <summary>Recovers, which must not be refused.</summary>
    protected async Task<Recovered> Recover(params string[] arguments)
    {
        var ended = await Project.Run(["recover", .. arguments, "--json"]);
        Assert.True(ended.Code is 0 or 1, ended.All);
        return Recovered.Read(ended.Out);
    }

    /// <summary>Waits until nothing of the experiment runs or can still start by itself.</summary>
    protected Task WaitUntilQuiet(double seconds = 60) =>
        WaitFor(
            "what is left in the queue can't start",
            async () =>
                (await Queue("%r"))
                    .Split('\n')
                    .All(reason => reason is "" or "DependencyNeverSatisfied" or "JobHeldUser"),
            seconds
        );

    /// <summary>What the runs' programs have written into the project's ledger, in alphabetical order.</summary>
    protected string Ledger =>
        string.Join(
            ' ',
            Project.Read("ledger").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)
        );

    /// <summary>The whole of a journal that a run's story is told from.</summary>
    protected async Task<string> Explain(params string[] run) => (await Project.Run(["explain", .. run])).Text;

    /// <summary>What recovery decided, and what it did.</summary>
    /// <param name="Outcome">What came of it; empty when nothing was done.</param>
    /// <param name="Decisions">The decisions, as <c>again vgae: 1</c>, in alphabetical order.</param>
    /// <param name="Reasons">Why, each once.</param>
    /// <param name="Arrays">What goes out, upstream ones first.</param>
    /// <param name="Held">The stages of which the rest is held.</param>
    protected sealed record Recovered(
        string Outcome,
        IReadOnlyList<string> Decisions,
        IReadOnlyList<string> Reasons,
        IReadOnlyList<RecoveredArray> Arrays,
        IReadOnlyList<string> Held
    )
    {
        public static Recovered Read(string text)
        {
            using var json = JsonDocument.Parse(text);
            var one = json.RootElement[0];
            var decisions = one.GetProperty("decisions").EnumerateArray().ToList();
            return new(
                one.GetProperty("outcome").GetString() ?? "",
                [
                    .. decisions
                        .GroupBy(run =>
                            $"{run.GetProperty("decision").GetString()} {run.GetProperty("stage").GetString()}"
                        )
                        .Select(alike => $"{alike.Key}: {alike.Count()}")
                        .Order(StringComparer.Ordinal),
                ],
                [.. decisions.Select(run => run.GetProperty("reason").GetString()!).Distinct()],
                [.. one.GetProperty("arrays").EnumerateArray().Select(RecoveredArray.Read)],
                [.. one.GetProperty("held").EnumerateArray().Select(held => held.GetProperty("stage").GetString()!)]
            );
        }
    }

    protected sealed record RecoveredArray(string Stage, string Cause, int Runs, string Memory, string Walltime)
    {
        public static RecoveredArray Read(JsonElement array) =>
            new(
                array.GetProperty("stage").GetString()!,
                Text(array, "cause"),
                array.GetProperty("runs").GetInt32(),
                Text(array, "memory"),
                Text(array, "walltime")
            );

        private static string Text(JsonElement array, string name) =>
            array.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
    }
}
