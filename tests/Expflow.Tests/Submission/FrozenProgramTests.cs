using Expflow.Projects;
using Expflow.Submission;
using Xunit;

namespace Expflow.Tests.Submission;

public sealed class FrozenProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_copy_has_the_library_that_the_sentinel_needs_beside_it_and_is_its_own_copy()
    {
        File.WriteAllText(folder["expflow"], "binary");
        File.WriteAllText(folder["libe_sqlite3.so"], "library");
        var project = new ProjectFolder(folder["project"]);

        var copy = FrozenProgram.Place(project, folder["expflow"]);

        Assert.Equal("binary", File.ReadAllText(copy));
        Assert.Equal("library", File.ReadAllText(Path.Combine(Path.GetDirectoryName(copy)!, "libe_sqlite3.so")));
        Assert.Equal(copy, FrozenProgram.Place(project, copy));
        Assert.Equal(2, Directory.GetFiles(project.Programs, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Asking_for_its_path_writes_nothing()
    {
        File.WriteAllText(folder["expflow"], "binary");
        var project = new ProjectFolder(folder["project"]);

        Assert.StartsWith(project.Programs, FrozenProgram.PathOf(project, folder["expflow"]));
        Assert.False(Directory.Exists(project.Root));
    }
}
