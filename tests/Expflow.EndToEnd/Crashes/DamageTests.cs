using Xunit;

namespace Expflow.EndToEnd.Crashes;

/// <summary>Whatever a crash, a disk or a curious user does to the files: what is done stays done.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly ScratchProject project = new();

    public void Dispose() => project.Dispose();

    [Theory]
    // The end of the last run is cut out of the journal; its exit record still proves it.
    [InlineData("f=$(grep -l attempt_ended .expflow/journal/*); truncate -s -5 \"$f\"", "")]
    [InlineData(
        "f=$(grep -l attempt_ended .expflow/journal/*); printf 'x\\377{\\n[]\\n{}\\n' >> \"$f\"",
        "can't be read"
    )]
    [InlineData("head -c 300 /dev/urandom > .expflow/journal/20200101-000000-x-1-0.jsonl", "")]
    [InlineData("cp .expflow/manifests/* .expflow/manifests/x.jsonl.draft", "")]
    [InlineData("rm -r \"$EXPFLOW_CACHE\"", "")]
    [InlineData("head -c 50000 /dev/urandom > \"$EXPFLOW_CACHE\"/*.db", "")]
    [InlineData("dd if=/dev/urandom of=$(echo \"$EXPFLOW_CACHE\"/*.db) bs=4096 seek=1 count=6 conv=notrunc", "")]
    [InlineData("printf '\\0\\0\\0\\143' | dd of=$(echo \"$EXPFLOW_CACHE\"/*.db) bs=1 seek=60 conv=notrunc", "")]
    [InlineData("rm -r \"$EXPFLOW_CACHE\"; touch \"$EXPFLOW_CACHE\"", "")]
    [InlineData("rm .expflow/local.lock", "")]
    [InlineData("echo nonsense > .expflow/local.lock", "")]
    public void Nothing_runs_twice(string damage, string said)
    {
        project.Write(
            "e.yaml",
            "experiment: e\nsnapshot: off\nsweep: {grid: {i: 1..3}}\ncommand: echo {i} >> ledger\n"
        );
        Assert.Equal(0, project.Run("run", "e.yaml").Code);
        project.StartProgram("/bin/sh", "-c", damage).Wait();
        var again = project.Run("run", "e.yaml");
        Assert.True(again.Code == 0, again.All);
        Assert.Contains(said, again.Error, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(project["ledger"]).Length);
    }

    [Fact]
    public void A_manifest_that_cannot_be_read_is_named()
    {
        project.Write(
            "e.yaml",
            "experiment: e\nsnapshot: off\nsweep: {grid: {i: 1..3}}\ncommand: echo {i} >> ledger\n"
        );
        Assert.Equal(0, project.Run("run", "e.yaml").Code);
        foreach (var manifest in Directory.EnumerateFiles(project[".expflow/manifests"]))
            File.WriteAllText(manifest, "{\"nonsense\":");
        Directory.Delete(project.Cache, recursive: true);
        var again = project.Run("run", "e.yaml");
        Assert.True(again.Code is 0 or 1 or 2, again.All);
    }

    [Theory]
    [InlineData("rm -r \"$EXPFLOW_RUN_DIR\"")]
    [InlineData("chmod 000 \"$EXPFLOW_RUN_DIR\"")]
    [InlineData("rm -r \"$EXPFLOW_RUN_DIR\"; touch \"$EXPFLOW_RUN_DIR\"")]
    public void A_command_that_spoils_its_own_folder_spoils_no_other(string mischief)
    {
        project.Write(
            "e.yaml",
            $$"""
            experiment: e
            snapshot: off
            sweep:
              grid: {i: 1..4}
            command: |
              if test {i} = 1; then {{mischief}}; fi; echo {i} >> ledger
            """
        );
        var ended = project.Run("run", "e.yaml", "--json");
        Assert.True(ended.Code is 0 or 1, ended.All);
        Assert.Equal(4, File.ReadAllLines(project["ledger"]).Length);
    }
}
