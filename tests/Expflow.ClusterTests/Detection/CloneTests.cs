using Expflow.ClusterTests.Submission;
using Xunit;

namespace Expflow.ClusterTests.Detection;

/// <summary>That a project which one user made works for another as it is.</summary>
public sealed class CloneTests(Clusters clusters) : SubmissionTest(clusters)
{
    // A user of every machine, who isn't root.
    private const string Colleague = "nobody";

    [Fact]
    public async Task A_colleagues_clone_works_unchanged_and_is_charged_to_the_colleagues_own_account()
    {
        await Cluster.AddAccount("adas_lab");
        await Cluster.AddAccount("bobs_lab");
        await Cluster.SetUser("root", "adas_lab", "DefaultAccount=adas_lab");
        await Cluster.SetUser(Colleague, "bobs_lab", "DefaultAccount=bobs_lab");
        await Cluster.Set("AccountingStorageEnforce=associations");
        Project.Variables["SCRATCH"] = Directory.CreateDirectory(Path.Combine(Project.Home, "adas scratch")).FullName;
        var ada = Path.Combine(Project.Home, "ada");
        var said = await Project.Shell(
            $"""
            set -e
            mkdir '{ada}'; cd '{ada}'; git init -q; expflow init
            printf 'experiment: small\nsweep: {"{grid: {x: [1, 2]}}"}\ncommand: echo {"{x}"} > {"{run.dir}"}/a\noutputs: [a]\n' > small.yaml
            git add -A; git -c user.name=ada -c user.email=e commit -qm study
            expflow submit small.yaml; expflow watch small
            """
        );
        Assert.True(said.Code == 0, said.All);
        await WaitForAccount("root", "adas_lab");
        var project = await File.ReadAllTextAsync(
            Path.Combine(ada, "expflow.yaml"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("rtx8000:8 or a100:4", project);
        foreach (var own in (string[])["adas_lab", "root", Project.Home, "scratch"])
            Assert.DoesNotContain(own, project);

        said = await AsColleague(
            $"git config --global safe.directory '*' && git clone -q '{ada}' bob && cd bob && expflow submit small.yaml && expflow watch small && expflow verify small && git status --porcelain"
        );
        Assert.True(said.Code == 0, said.All);
        Assert.DoesNotContain("expflow.yaml", said.Out);
        await WaitForAccount(Colleague, "bobs_lab");
    }

    // The accounting lags behind.
    private Task WaitForAccount(string user, string account) =>
        WaitFor($"jobs of {user} are charged to {account}", async () => await AccountsOf(user) == account);

    private async Task<string> AccountsOf(string user)
    {
        var jobs = await Cluster.Shell($"sacct -X -n -P -u {user} -S now-1hour -o JobName,Account");
        var small = jobs.Split('\n').Where(line => line.StartsWith("small.", StringComparison.Ordinal));
        return string.Join(' ', small.Select(line => line.Split('|')[1]).Distinct());
    }

    // In a folder of the colleague's own, with a copy of the program that everybody may read.
    private Task<Ended> AsColleague(string line)
    {
        foreach (var open in (string[])[Project.Home, Path.Combine(Project.Home, "ada")])
            File.SetUnixFileMode(open, (UnixFileMode)Convert.ToInt32("755", 8));
        Project.Variables["SCRATCH"] = null;
        Project.Variables["PROGRAMS"] = Path.GetDirectoryName(Repository.Binary);
        Project.Variables["HOME"] = Path.Combine(Project.Home, "bobs home");
        Project.Variables["EXPFLOW_CACHE"] = Path.Combine(Project.Home, "bobs home/cache");
        Project.Variables["TYPED"] = line;
        return Project.Shell(
            $"""
            cp -rL "$PROGRAMS" ../program && chmod -R a+rX ../program && mkdir "$HOME" && chown {Colleague} "$HOME" || exit
            export PATH=$(readlink -f ../program):$PATH
            cd "$HOME" && exec setpriv --reuid {Colleague} --regid nogroup --clear-groups bash -c "$TYPED"
            """
        );
    }
}
