-- A journal of tables of version 2, as that version made them in SQLite, with rows that it wrote.
CREATE TABLE journal_entries (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  conversation VARCHAR(32) NOT NULL,
  at DATETIME NOT NULL,
  day DATE NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  interpreted TEXT NOT NULL,
  status VARCHAR(16) NOT NULL,
  confidence DOUBLE NOT NULL,
  elapsed_ms DOUBLE NOT NULL,
  channel VARCHAR(16) NOT NULL,
  good BOOLEAN,
  reason TEXT NOT NULL
);
CREATE INDEX ix_journal_entries_at ON journal_entries (at);
CREATE INDEX ix_journal_entries_conversation ON journal_entries (conversation);
CREATE INDEX ix_journal_entries_day ON journal_entries (day);
CREATE TABLE journal_handovers (
  code VARCHAR(6) NOT NULL,
  conversation VARCHAR(32) NOT NULL,
  at DATETIME NOT NULL,
  PRIMARY KEY (code),
  UNIQUE (conversation)
);
CREATE TABLE journal_version (
  version INTEGER NOT NULL,
  PRIMARY KEY (version)
);
CREATE TABLE journal_checks (
  entry_id INTEGER NOT NULL,
  place INTEGER NOT NULL,
  text TEXT NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  clauses JSON NOT NULL,
  faults JSON NOT NULL,
  unchecked JSON NOT NULL,
  PRIMARY KEY (entry_id, place),
  FOREIGN KEY(entry_id) REFERENCES journal_entries (id) ON DELETE CASCADE
);
CREATE TABLE journal_clauses (
  entry_id INTEGER NOT NULL,
  place INTEGER NOT NULL,
  related BOOLEAN NOT NULL,
  terms TEXT NOT NULL,
  edition TEXT NOT NULL,
  article TEXT NOT NULL,
  paragraph TEXT NOT NULL,
  PRIMARY KEY (entry_id, place),
  FOREIGN KEY(entry_id) REFERENCES journal_entries (id) ON DELETE CASCADE
);
INSERT INTO journal_version VALUES (2);
INSERT INTO journal_entries VALUES
  (1, '11111111111111111111111111111111', '2026-03-01 15:30:00.000000', '2026-03-02', '환불 되나요?', '7일 안에 환불을 신청할 수 있습니다.',
   '환불 되나요?', 'answered', 0.875, 20.0, 'chat', 1, ''),
  (3, '22222222222222222222222222222222', '2026-03-02 03:00:00.000000', '2026-03-02', '제 번호는 [전화번호]', '약관에서 확인되지 않는 내용입니다.',
   '제 번호는 [전화번호]', 'not_found', 0.1, 31.5, 'api', 0, '틀렸어요');
INSERT INTO journal_clauses VALUES (1, 0, 0, '가게', '2024-03-01', '2', '1'), (1, 1, 1, '가게', '2024-03-01', '10의2', '1');
INSERT INTO journal_handovers VALUES ('ABC234', '11111111111111111111111111111111', '2026-03-01 15:31:00.000000');
INSERT INTO journal_checks VALUES
  (1, 0, '30일 안에 환불됩니다.', 'dropped', '["제2조 제1항"]', '["숫자"]', '[]');
