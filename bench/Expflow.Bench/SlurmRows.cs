using System.Globalization;

namespace Expflow.Bench;

/// <summary>What submitting and looking cost on a real Slurm whose nodes take nothing, so that all that is sent waits.</summary>
internal sealed class SlurmRows(string binary, string scratch, int rounds)
{
    private const string Partition = "cpu";

    public void Print(Action<string[]> row)
    {
        // Only a cluster of the project's own: what waits on it is cancelled between the rounds.
        if (Environment.GetEnvironmentVariable("EXPFLOW_CLUSTER") is null or "")
        {
            row(["`submit` and `status --refresh` on Slurm", "", "skipped: no cluster (tests/cluster)", "–", "–"]);
            return;
        }
        Slurm("scontrol", "update", $"partition={Partition}", "state=DOWN");
        Submit(row, 216, "≤ 60 ms");
        Submit(row, 10_000, "≤ 300 ms, ≤ 20 files");
        Refresh(row);
        Slurm("scontrol", "update", $"partition={Partition}", "state=UP");
    }

    private void Submit(Action<string[]> row, int runs, string target)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{runs:N0} runs");
        var project = Project($"submit{runs}", runs, "snapshot: off\n");
        var frozen = Project($"frozen{runs}", runs, "");
        Sample.Of(frozen.Folder, "/dev/null", "git", "init", "--quiet");
        Sample.Of(frozen.Folder, "/dev/null", "git", "add", "--all");
        var (plain, again, git, first, peer) = (
            new List<Sample>(),
            new List<Sample>(),
            new List<Sample>(),
            new List<Sample>(),
            new List<Sample>()
        );
        var files = 0;
        for (var round = 0; round <= rounds * 2; round++)
        {
            project.Forget();
            first.Add(Send(project));
            Cancel();
            project.Forget(except: "programs");
            plain.Add(Send(project));
            files = Directory
                .GetFiles(Path.Combine(project.Folder, ".expflow"), "*", SearchOption.AllDirectories)
                .Length;
            again.Add(Send(project));
            Cancel();
            frozen.Forget(except: "programs");
            git.Add(Send(frozen));
            Cancel();
            peer.Add(Slurm("sbatch", "--parsable", $"--array=0-{runs - 1}", "--wrap", "true"));
            Cancel();
        }
        var floor = Text(peer);
        row([$"`submit`, {name}", target, $"{Text(plain)}, {files} files", "`sbatch --array` alone", floor]);
        row(["the same, with the code of a git tree frozen", "", Text(git), "the same", floor]);
        row(["the same, first time: the binary is copied into the project", "", Text(first), "the same", floor]);
        row(["the same a second time: adds 0", "", Text(again), "–", "–"]);
    }

    private void Refresh(Action<string[]> row)
    {
        var project = Project("refresh", 10_000, "snapshot: off\n");
        Send(project);
        var job = Said(project, "squeue", "--noheader", "--format=%A").Trim();
        var (look, ask) = (new List<Sample>(), new List<Sample>());
        for (var round = 0; round <= rounds * 6; round++)
        {
            look.Add(project.Expflow("status", "--refresh"));
            ask.Add(Slurm("squeue", "-j", job));
        }
        var before = Requests(project);
        for (var round = 0; round < rounds; round++)
            project.Expflow("status", "--refresh");
        for (var round = 0; round < rounds; round++)
            project.Expflow("status");
        var asked = Requests(project) - before;
        Cancel();
        var (ours, peer) = (Middle(look), Middle(ask));
        row([
            "`status --refresh`, 10,000 runs pending: added to `squeue`",
            "≤ 30 ms",
            string.Create(CultureInfo.InvariantCulture, $"{ours.Milliseconds - peer.Milliseconds:0.0} ms"),
            "`squeue -j ID`",
            Text(ask),
        ]);
        row([
            "the same: job-info requests (`sdiag`) a refresh, and none within the interval",
            "1",
            string.Create(CultureInfo.InvariantCulture, $"{(double)asked / rounds:0.##}"),
            "–",
            "–",
        ]);
    }

    private BenchProject Project(string name, int runs, string more)
    {
        var project = new BenchProject(binary, Path.Combine(scratch, name));
        project.Write(
            "many.yaml",
            $"experiment: many\n{more}sweep: {{grid: {{n: 1..{runs}}}}}\nresources: {{cpus: 1, memory: 100M, walltime: 5m}}\ncommand: true {{n}}\n"
        );
        return project;
    }

    private static Sample Send(BenchProject project)
    {
        var sample = project.Expflow("submit", "many.yaml", "--yes");
        return sample.ExitCode == 0 ? sample : throw new InvalidOperationException(File.ReadAllText(project.Output));
    }

    private static Sample Slurm(string program, params string[] arguments) =>
        Sample.Of("/", "/dev/null", program, arguments);

    private static void Cancel() => Slurm("scancel", $"--partition={Partition}", "--state=PENDING");

    private static string Said(BenchProject project, string program, params string[] arguments)
    {
        File.Delete(project.Output);
        Sample.Of("/", project.Output, program, arguments);
        return File.ReadAllText(project.Output);
    }

    // REQUEST_JOB_INFO_SINGLE  ( 2021) count:12  ave_time:263  total_time:3161
    private static int Requests(BenchProject project) =>
        Said(project, "sdiag")
            .Split('\n')
            .Where(line => line.Contains("REQUEST_JOB_INFO", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf("count:", StringComparison.Ordinal) + 6)..].Split(' ', '\t')[0])
            .Sum(count => int.Parse(count, CultureInfo.InvariantCulture));

    // The first round warms up.
    private static Sample Middle(List<Sample> samples) => Sample.Median(samples.Skip(1).ToList());

    private static string Text(List<Sample> samples) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Middle(samples).Milliseconds:0.0} ms (fastest {samples.Min(sample => sample.Milliseconds):0.0})"
        );
}
