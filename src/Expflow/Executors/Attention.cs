namespace Expflow.Executors;

/// <summary>Lets one thread sleep until a time has passed or somebody calls it. A call that comes while it is awake isn't lost.</summary>
internal sealed class Attention
{
    private readonly object gate = new();
    private bool isCalled;

    /// <summary>Sleeps.</summary>
    public void Await(TimeSpan longest)
    {
        lock (gate)
        {
            if (!isCalled)
                Monitor.Wait(gate, longest);
            isCalled = false;
        }
    }

    /// <summary>Wakes whoever sleeps, or keeps them from falling asleep.</summary>
    public void Call()
    {
        lock (gate)
        {
            isCalled = true;
            Monitor.Pulse(gate);
        }
    }
}
