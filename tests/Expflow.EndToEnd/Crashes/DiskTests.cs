using Xunit;

namespace Expflow.EndToEnd.Crashes;

/// <summary>A disk that is full or can't be written: said clearly, nothing spoilt, and the same command goes on afterwards. Mounting takes root.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly string disk = Directory.CreateTempSubdirectory("expflow-disk-").FullName;
    private ScratchProject? project;

    public void Dispose()
    {
        project?.Dispose();
        Sh($"umount -l '{disk}' 2>/dev/null");
        Directory.Delete(disk);
    }

    [Fact]
    public void Nothing_is_submitted_to_a_full_disk()
    {
        var on = OnSmallDisk("echo {i} >> \"$LEDGER\"");
        Fill(on);
        var full = on.Run("run", "e.yaml");
        Assert.True(full.Code == 2, full.All);
        Assert.Contains("No space left", full.Error, StringComparison.Ordinal);
        GoesOn(on);
    }

    [Fact]
    public void A_disk_that_fills_up_on_the_way_stops_everything_until_there_is_room()
    {
        var on = OnSmallDisk("echo {i} >> \"$LEDGER\"; until test -f \"$GO\"; do sleep 0.02; done");
        var front = on.Start("run", "e.yaml");
        ScratchProject.Await(() => Lines(on) >= 4, "a start");
        Fill(on);
        File.WriteAllText(Path.Combine(on.Home, "go"), "");
        var full = front.Wait();
        Assert.True(full.Code == 1, full.All);
        Assert.Contains("No space left", full.Error, StringComparison.Ordinal);
        ScratchProject.Await(() => on.Agent is null, "an end of the agent");
        GoesOn(on);
    }

    [Fact]
    public void A_project_that_cannot_be_written_is_told_so()
    {
        var on = OnSmallDisk("echo {i} >> \"$LEDGER\"");
        Sh($"mount -o remount,ro '{disk}'");
        var refused = on.Run("run", "e.yaml");
        Assert.True(refused.Code == 2, refused.All);
        Assert.Contains("Nothing was submitted", refused.Error, StringComparison.Ordinal);
        Sh($"mount -o remount,rw '{disk}'");
        GoesOn(on);
    }

    [Theory]
    [InlineData("read-only")]
    [InlineData("full")]
    [InlineData("none")]
    public void Without_a_cache_the_answers_are_the_same(string cache)
    {
        using var on = new ScratchProject();
        on.Write("e.yaml", "experiment: e\nsnapshot: off\nsweep: {grid: {i: 1..3}}\ncommand: echo {i}\n");
        on.Variables["EXPFLOW_CACHE"] = null;
        on.Variables["XDG_CACHE_HOME"] = null;
        on.Variables["HOME"] = cache == "none" ? null : disk;
        if (cache != "none")
            Mount("100k");
        if (cache == "full")
            Sh($"mkdir -p '{disk}/.cache/expflow'; head -c 1M /dev/zero > '{disk}/filler'");
        if (cache == "read-only")
            Sh($"mount -o remount,ro '{disk}'");
        for (var twice = 0; twice < 2; twice++)
        {
            var ended = on.Run("run", "e.yaml");
            Assert.True(ended.Code == 0, ended.All);
        }
    }

    private ScratchProject OnSmallDisk(string command)
    {
        Mount("2M");
        project = new ScratchProject(Path.Combine(disk, "p"));
        project.Variables["LEDGER"] = Path.Combine(project.Home, "ledger");
        project.Variables["GO"] = Path.Combine(project.Home, "go");
        project.Write("e.yaml", $"experiment: e\nsnapshot: off\nsweep: {{grid: {{i: 1..40}}}}\ncommand: {command}\n");
        return project;
    }

    private void Mount(string size)
    {
        if (Environment.UserName == "root" && Sh($"mount -t tmpfs -o size={size} none '{disk}'") == 0)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("A small disk can't be mounted, and this is where it has to be tried.");
        Assert.Skip("Only root can mount a small disk.");
    }

    private static void Fill(ScratchProject on) => Sh($"cat /dev/zero > '{on["filler"]}' 2>/dev/null");

    private static void GoesOn(ScratchProject on)
    {
        File.Delete(on["filler"]);
        File.WriteAllText(Path.Combine(on.Home, "go"), "");
        var ended = on.Run("run", "e.yaml");
        Assert.True(ended.Code == 0, ended.All);
        Assert.Equal(40, File.ReadLines(Path.Combine(on.Home, "ledger")).Distinct().Count());
    }

    private static int Lines(ScratchProject on) =>
        File.Exists(Path.Combine(on.Home, "ledger")) ? File.ReadAllLines(Path.Combine(on.Home, "ledger")).Length : 0;

    private static int Sh(string script)
    {
        using var shell = System.Diagnostics.Process.Start("/bin/sh", ["-c", script]);
        shell.WaitForExit();
        return shell.ExitCode;
    }
}
