"""The center's store: one behaviour on two databases, embedded SQLite and PostgreSQL."""

from center.reconciliation import KeptReconciliation as KeptReconciliation
from center.reconciliation import Reconciliations as Reconciliations
from center.reconciliation import Summary as Summary
from center.store.contacts import Contact as Contact
from center.store.contacts import Contacts as Contacts
from center.store.contacts import GateRow as GateRow
from center.store.errors import EnrolError as EnrolError
from center.store.errors import StoreError as StoreError
from center.store.errors import UnavailableError as UnavailableError
from center.store.errors import WrongDatabaseError as WrongDatabaseError
from center.store.lists import ListPage as ListPage
from center.store.lists import Lists as Lists
from center.store.projector import Projector as Projector
from center.store.sqlstore import POSTGRESQL as POSTGRESQL
from center.store.sqlstore import Fork as Fork
from center.store.sqlstore import QuarantinedRecord as QuarantinedRecord
from center.store.sqlstore import SqlStore as SqlStore
from center.store.sqlstore import open_store as open_store
from center.store.stations import StationRow as StationRow
from center.store.stations import Stations as Stations
from center.store.sticks import Sticks as Sticks
