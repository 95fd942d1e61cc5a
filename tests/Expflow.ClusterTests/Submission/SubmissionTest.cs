using System.Text.Json;
using Xunit;

namespace Expflow.ClusterTests.Submission;

/// <summary>What tests of <c>expflow submit</c> have in common.</summary>
public abstract class SubmissionTest(Clusters clusters) : ClusterTest(clusters)
{
    /// <summary>For jobs that are to be looked at: Slurm takes them, and starts none.</summary>
    protected const string NothingStarts = "slurm: {directives: [--begin=now+1hour]}\n";

    /// <summary>Makes the project a copy of one of the examples.</summary>
    protected void Copy(string example)
    {
        var from = Path.Combine(Repository.Root, "examples", example);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            Project.Write(Path.GetRelativePath(from, file), File.ReadAllText(file));
    }

    /// <summary>Submits, which must succeed.</summary>
    protected async Task<Sent> Submit(params string[] arguments) =>
        Sent.Read((await Project.Run(["submit", .. arguments, "--json"])).Text);

    /// <summary>Submits, which must fail; what was said.</summary>
    protected async Task<string> FailToSubmit(params string[] arguments)
    {
        var ended = await Project.Run(["submit", .. arguments]);
        Assert.True(ended.Code is 1 or 2, ended.All);
        return ended.Error;
    }

    /// <summary>A job as Slurm has it: a field of <c>scontrol show job</c> by its name.</summary>
    protected async Task<IReadOnlyDictionary<string, string>> Show(string job)
    {
        var said = await Cluster.Shell($"scontrol show job -o {job}");
        return said.Split('\n')[0]
            .Split(' ')
            .Where(field => field.Contains('='))
            .GroupBy(field => field[..field.IndexOf('=')])
            .ToDictionary(field => field.Key, field => field.First()[(field.Key.Length + 1)..]);
    }

    /// <summary>A program of Slurm's in whose place a script of sh stands; <c>$REAL</c> is the real one.</summary>
    protected void Replace(string program, string script)
    {
        var folder = Path.Combine(Project.Home, "bin");
        var file = Path.Combine(folder, program);
        Directory.CreateDirectory(folder);
        File.WriteAllText(file, $"#!/bin/bash\nREAL=/usr/bin/{program}\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Project.Variables["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    /// <summary>Slurm's programs are the real ones again.</summary>
    protected void Restore() => Project.Variables.Remove("PATH");

    /// <summary>The jobs in the queue: an array's pending tasks are one line.</summary>
    protected async Task<string> Queue(string format = "%i %j %T") =>
        await Cluster.Shell($"squeue -h -a -S i -o '{format}'");

    /// <summary>Every job in the queue once, the oldest first. Slurm splits an array whose tasks wait for others.</summary>
    protected async Task<string[]> QueuedJobs() =>
        [
            .. (await Queue("%F"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(int.Parse)
                .Distinct()
                .Order()
                .Select(job => $"{job}"),
        ];

    /// <summary>Why jobs wait, each reason once.</summary>
    protected async Task<string> Reasons() => string.Join(' ', (await Queue("%r")).Split('\n').Distinct().Order());

    protected Task WaitForEmptyQueue(double seconds = 60) =>
        WaitFor("the queue is empty", async () => await Queue() == "", seconds);

    /// <summary>How an experiment's runs stand: <c>8 done 1 failed 3 pending</c>, without what is none.</summary>
    protected async Task<string> Standing(string experiment)
    {
        var ended = await Project.Run("status", experiment, "--json");
        using var json = JsonDocument.Parse(ended.Out);
        var states = ((string[])["done", "failed", "running", "pending", "cancelled"])
            .Select(state => (state, Count: json.RootElement.GetProperty(state).GetInt32()))
            .Where(state => state.Count > 0);
        return string.Join(' ', states.Select(state => $"{state.Count} {state.state}"));
    }

    /// <summary>What a submission said.</summary>
    /// <param name="New">Runs that were never submitted before.</param>
    /// <param name="Arrays">The arrays, upstream ones first.</param>
    protected sealed record Sent(int New, IReadOnlyList<SentArray> Arrays)
    {
        /// <summary>The only job.</summary>
        public string Job => Arrays.Single().Job;

        /// <summary>The only job of a stage.</summary>
        public string this[string stage] => Arrays.Single(array => array.Stage == stage).Job;

        public static Sent Read(string text)
        {
            using var json = JsonDocument.Parse(text);
            return new(
                json.RootElement.GetProperty("new").GetInt32(),
                [
                    .. json
                        .RootElement.GetProperty("arrays")
                        .EnumerateArray()
                        .Select(array => new SentArray(
                            array.GetProperty("stage").GetString()!,
                            array.GetProperty("job").GetString()!,
                            array.GetProperty("indices").GetString()!,
                            array.GetProperty("dependency").GetString() ?? ""
                        )),
                ]
            );
        }
    }

    protected sealed record SentArray(string Stage, string Job, string Indices, string Dependency);
}
