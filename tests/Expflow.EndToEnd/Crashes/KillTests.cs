using Xunit;

namespace Expflow.EndToEnd.Crashes;

/// <summary>kill -9 at any moment, then the same command again: nothing is lost, nothing that finished runs twice, no orphan is left or doubled.</summary>
public sealed class KillTests
{
    private const int Runs = 12;

    [Theory]
    [InlineData("files", 1, 70)]
    [InlineData("packed", 2, 40)]
    public async Task A_hundred_kills_lose_nothing_and_double_nothing(string keep, int seed, int most)
    {
        using var project = new ScratchProject();
        Directory.CreateDirectory(project["locks"]);
        project.Write("e.yaml", FileFor(keep));
        var random = new Random(seed);
        var round = 0;
        for (var kills = 0; kills < most; )
        {
            var front = project.Start("run", "e.yaml", "--set", $"round={round}");
            await Task.Delay(random.Next(random.Next(2) == 0 ? 60 : 500), TestContext.Current.CancellationToken);
            List<int> victims = front.HasEnded ? [] : [.. Victims(project, front, random.Next(4))];
            ScratchProject.Signal("KILL", victims);
            kills += victims.Count > 0 ? 1 : 0;
            if (victims.Contains(front.Pid))
                front.Wait();
            JournalFacts.HaveManifests(project);
            if (!victims.Contains(front.Pid))
                round += Done(front.Wait());
        }
        Done(project.Run("run", "e.yaml", "--set", $"round={round}"));
        AllIsWell(project, keep, rounds: round + 1);
    }

    private static string FileFor(string keep) =>
        $$"""
            experiment: e
            snapshot: off
            keep: {{keep}}
            parameters: {round: 0}
            sweep:
              grid: {i: 1..12}
            command: {{Ledger.Command("{round}-{i}", "sleep 0.$(( ({i} * 37) % 18 + 2 ))")}}
            """;

    // Without the front the agent goes on; without the agent the front starts another; without both the next command does.
    private static IEnumerable<int> Victims(ScratchProject project, Started front, int kind)
    {
        if (kind != 1)
            yield return front.Pid;
        if (kind != 0 && project.Agent is { } agent)
            yield return agent;
    }

    private static int Done(Ended ended)
    {
        Assert.True(ended.Code == 0, ended.All);
        return 1;
    }

    private static void AllIsWell(ScratchProject project, string keep, int rounds)
    {
        var ends = Ledger.Read(project).Where(line => line.What == "end").GroupBy(line => line.Run).ToList();
        Assert.Equal(Runs * rounds, ends.Count);
        Assert.Equal(0, Ledger.Count(project, "double"));
        // With a folder each, a run lives through the death of its agent; packed ones are run again.
        if (keep == "files")
        {
            Assert.All(ends, one => Assert.Single(one));
            Assert.Equal(Runs * rounds, Ledger.Count(project, "start"));
        }
        var done = JournalFacts
            .Events(project, "attempt_ended")
            .Where(one => one.GetProperty("outcome").GetString() == "done")
            .Select(one => one.GetProperty("run").GetString() + one.GetProperty("attempt").GetInt32());
        Assert.Equal(Runs * rounds, done.Distinct().Count());
        ScratchProject.Await(() => project.Runs.Count == 0, "an end of all processes");
        var folded = project.Run("run", "e.yaml", "--json").Out;
        Directory.Delete(project.Cache, recursive: true);
        Assert.Equal(folded, project.Run("run", "e.yaml", "--json").Out);
    }
}
