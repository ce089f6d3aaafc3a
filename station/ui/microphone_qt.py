"""The PC's microphone by Qt Multimedia. Not importable without libpulse."""

from __future__ import annotations

from PySide6.QtCore import QIODevice, QObject
from PySide6.QtMultimedia import QAudioFormat, QAudioSource, QMediaDevices, QtAudio

from station.ui.microphone import RATES, Heard


class QtMicrophone(QObject):
    """The default one at the moment at which it is opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = QMediaDevices(self)
        self._source: QAudioSource | None = None
        self._line: QIODevice | None = None
        self.rate = RATES[0]

    @property
    def name(self) -> str:
        device = self._devices.defaultAudioInput()
        return "" if device.isNull() else device.description()

    def listen(self, heard: Heard) -> bool:
        self.stop()
        device = self._devices.defaultAudioInput()
        if device.isNull():
            return False
        shape = QAudioFormat()
        shape.setChannelCount(1)
        shape.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        for rate in RATES:
            shape.setSampleRate(rate)
            if device.isFormatSupported(shape):
                break
        else:
            return False
        self.rate, self._source = shape.sampleRate(), QAudioSource(device, shape, self)
        line = self._line = self._source.start()
        if line is None or self._source.error() != QtAudio.Error.NoError:
            self.stop()
            return False
        line.readyRead.connect(lambda: heard(bytes(line.readAll().data())))
        return True

    def stop(self) -> None:
        source, self._source, self._line = self._source, None, None
        if source:
            source.stop()
            source.deleteLater()
