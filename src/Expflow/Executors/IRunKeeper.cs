using Expflow.Journal;
using Expflow.Runs;

namespace Expflow.Executors;

/// <summary>Where a crew's runs come from, and where they go when an attempt has ended. Called under the crew's gate.</summary>
internal interface IRunKeeper
{
    /// <summary>The order for a run that is ready.</summary>
    RunOrder OrderOf(RunId run);

    /// <summary>Whether it may begin now. One that may not is the keeper's again: it is no longer among the ready ones.</summary>
    bool MayStart(RunOrder order);

    /// <summary>An attempt's end stands in the journal, and in the ledger.</summary>
    /// <param name="order">The run.</param>
    /// <param name="again">The order to try it again that went with it; null for none.</param>
    void Settled(RunOrder order, JournalEvent.Requeued? again);
}
